"""What the figure pages share: the question from the address, and what stands around it."""

from collections.abc import Sequence

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from senhong.core import clock
from senhong.core.days import as_date, as_day
from senhong.core.errors import NotFound
from senhong.ledger import queries
from senhong.ledger.definitions import definition_within
from senhong.ledger.errors import MapEnded, UnitNotOnMap
from senhong.ledger.forms import OF_DAY, FiguresForm, Question
from senhong.ledger.models import Indicator
from senhong.ledger.notes import note_of_end, shown
from senhong.ledger.queries import Around, By
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.web.components import Crumb, Definition, Option
from senhong.web.http import PageRequest


def form_of(request: PageRequest, known: Sequence[Indicator]) -> FiguresForm:
    """The form as the address fills it; what is left out is the month that is read."""
    data = QueryDict(mutable=True)
    reading_on = request.reading_on()
    data["from"] = reading_on.replace(day=1).isoformat()
    data["to"] = reading_on.isoformat()
    data["by"] = By.INDICATOR
    for name, values in request.GET.lists():
        if any(values):
            data.setlist(name, values)
    begins_at = None if "unit" in data else queries.unit_to_begin_with(request.actor)
    if begins_at is not None:
        data["unit"] = begins_at.key
    elif "unit" not in data:
        raise NotFound(what=_("đơn vị mà bạn được xem số liệu"))
    return FiguresForm(data, known, begins_at)


def question_of(request: PageRequest, form: FiguresForm) -> Question:
    return form.read(form.begins_at or get_unit(request.actor, form.cleaned_data["unit"]))


def crumbs_of(asked: Question, around: Around, *more: Crumb) -> list[Crumb]:
    *above, here = around.way
    return [
        Crumb(_("Số liệu"), reverse("ledger:figures")),
        *(Crumb(step.title, asked.url(unit=step.key, map=OF_DAY)) for step in above),
        *([Crumb(here.title, asked.url()), *more] if more else [Crumb(here.title)]),
    ]


def map_switch(asked: Question, around: Around) -> list[Option]:
    """The map of the day or today's; nothing where no change parts them.

    A change parts them when it lies after the period's first day and not after today (the real
    one: a demo may read figures of 2023), also when the period itself has ended before it.
    """
    today = max(as_day(clock.today()), asked.last)
    if asked.on is None and not around.changed_within(asked.first, today):
        return []
    heir = queries.heir_of(asked.unit, today, around.heirs)
    on = as_date(today).isoformat()
    return [
        Option(_("Bản đồ của ngày"), asked.url(map=OF_DAY), asked.on is None),
        Option(
            _("Bản đồ hôm nay"),
            asked.url(unit=heir.key, map=on),
            asked.on is not None,
        ),
    ]


def notes_of(asked: Question, around: Around) -> list[str]:
    """What a reader must know about units that did not stand all the time, and of how what is
    asked for is counted there. One query, or none."""
    unit, notes = asked.unit, []
    if ended := note_of_end(unit, around, asked.on):
        notes.append(ended)
    if asked.on is None and asked.first < unit.from_day:
        notes.append(
            _("Trước {day}, {unit} chưa có: số liệu là của các đơn vị tiền thân.").format(
                unit=unit.title, day=shown(unit.from_day)
            )
        )
    if asked.on is not None:
        notes.append(
            _("Mọi ngày đều đọc trên bản đồ đơn vị ngày {day}.").format(day=shown(asked.on))
        )
    return notes + queries.notes_beside(unit, {each.code for each in asked.indicators})


def not_standing(request: PageRequest, asked: Question, error: UnitNotOnMap) -> HttpResponse:
    """The rule that was not met, leading to the same question about the units it names."""
    changes = {"map": OF_DAY} if isinstance(error, MapEnded) else {}
    ways_on = [Crumb(unit.title, asked.url(unit=unit.key, **changes)) for unit in error.related]
    page = {"error": error, "ways_on": ways_on}
    return render(request, "web/error.html", page, status=error.status)


def definitions_of(
    asked: Question, indicators: Sequence[Indicator], around: Around
) -> list[Definition]:
    """Under which words the figures of the period were counted. One query."""
    versions, last = queries.versions_of(indicators), around.until or asked.last
    return [
        definition_within(each, f"definition-{each.pk}", versions, asked.first, last)
        for each in indicators
    ]


def period_of(asked: Question) -> str:
    return f"{shown(asked.first)} – {shown(asked.last)}"


def may_see_postings(request: PageRequest, unit: Unit) -> bool:
    return request.actor.can("posting.view", at=unit.path)
