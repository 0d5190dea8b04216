from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from senhong.core.errors import NotFound
from senhong.org.queries import unit_names
from senhong.practices import queries
from senhong.practices.models import PracticeState
from senhong.practices.queries import PracticeLine, Wanted, Whose
from senhong.web.components import Option, Tone
from senhong.web.http import PageRequest

TONES: dict[str, Tone] = {
    PracticeState.DRAFT: "not-begun",
    PracticeState.SHARED: "on-pace",
    PracticeState.ENDED: "neutral",
}


@login_required
@require_safe
def practices(request: PageRequest) -> HttpResponse:
    """What units found to work, for others to take up."""
    text, on = request.GET.get("q", "").strip(), request.reading_on()
    wanted = Wanted(text=text, whose=_whose(request), on=on)
    found = queries.practices(request.actor, wanted, after=_cursor(request))
    names = unit_names(line.practice.unit for line in found.lines)
    next_url = _address(wanted.text, wanted.whose, after=found.next) if found.next else ""
    page = {
        "found": [_shown(line, names) for line in found.lines],
        "text": wanted.text,
        "whose": wanted.whose.value,
        "reading_on": on,
        "options": _options(wanted),
        "next_url": next_url,
        "is_narrowed": bool(wanted.text or wanted.whose),
        "may_start": request.actor.can_somewhere("practice.edit"),
    }
    return render(request, "practices/practices.html", page)


def adopters_said(number: int) -> str:
    """So many units, in words."""
    if not number:
        return _("chưa đơn vị nào áp dụng")
    said = ngettext("{number} đơn vị áp dụng", "{number} đơn vị áp dụng", number)
    return said.format(number=number)


def _shown(line: PracticeLine, names: Mapping[int, str]) -> dict[str, object]:
    practice = line.practice
    return {
        "practice": practice,
        "unit": names[practice.unit_id],
        "adopters": adopters_said(line.adopters),
        "state": "" if practice.is_shared else practice.get_state_display(),
        "tone": TONES[practice.state],
    }


def _whose(request: PageRequest) -> Whose:
    asked = request.GET.get("whose", "")
    return Whose(asked) if asked in set(Whose) else Whose.ALL


def _options(wanted: Wanted) -> list[Option]:
    labels = {
        Whose.ALL: _("Tất cả"),
        Whose.OTHERS: _("Của nơi khác, chưa áp dụng"),
        Whose.ADOPTED: _("Đang áp dụng"),
        Whose.STARTED: _("Chúng tôi khởi xướng"),
    }
    return [
        Option(label, _address(wanted.text, whose), whose is wanted.whose)
        for whose, label in labels.items()
    ]


def _address(text: str, whose: Whose, after: UUID | None = None) -> str:
    asked = {"q": text, "whose": whose.value, "after": str(after or "")}
    told = {name: value for name, value in asked.items() if value}
    return f"{reverse('practices:practices')}{'?' if told else ''}{urlencode(told)}"


def _cursor(request: PageRequest) -> UUID | None:
    text = request.GET.get("after")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound(what=_("trang này")) from error
