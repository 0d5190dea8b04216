from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.ledger.definitions import definition_within
from senhong.ledger.queries import get_indicator, versions_of
from senhong.org.models import Unit
from senhong.org.queries import unit_names
from senhong.practices import queries
from senhong.practices.models import COUNTED, Practice
from senhong.practices.queries import Adopter, Spread
from senhong.practices.services import MOST_PICTURES
from senhong.practices.views.practices import TONES, adopters_said
from senhong.web.charts import Chart, Region, map_chart
from senhong.web.components import Cell, Column, Crumb, Definition, Row, Table, Tone
from senhong.web.http import PageRequest

_PLACES = 3  # fewer make no map


@login_required
@require_safe
def practice(request: PageRequest, id: UUID) -> HttpResponse:
    """A practice: how it is done, what came of it, and who took it up."""
    actor, shown = request.actor, queries.get_practice(request.actor, id)
    day, today = as_day(request.reading_on()), as_day(clock.today())
    spread = queries.spread_of(shown, day)
    pictures = queries.pictures_of(shown)
    names = unit_names([shown.unit, *(each.adoption.unit for each in spread.adopters)])
    may_edit = actor.can("practice.edit", at=shown.unit.path)
    page = {
        "practice": shown,
        "tone": TONES[shown.state],
        "crumbs": crumbs_of(shown, is_last=True),
        "home": names[shown.unit_id],
        "home_url": _unit_url(actor, spread.home),
        "pictures": pictures,
        "adopters": adopters_said(len(spread.adopters)),
        "table": _table(actor, spread, names),
        "map": _map(actor, shown, spread),
        "reading_on": request.reading_on(),
        "definition": _definition(spread, day),
        "may_edit": may_edit,
        "may_show": may_edit and len(pictures) < MOST_PICTURES,
        "may_adopt": shown.is_shared and bool(queries.units_to_adopt(actor, shown, today)),
    }
    return render(request, "practices/practice.html", page)


def _definition(spread: Spread, day: int) -> Definition:
    """Under which words the adoptions that are listed were counted."""
    counted = get_indicator(COUNTED)
    first = min((as_day(each.adoption.adopted_on) for each in spread.adopters), default=day)
    return definition_within(counted, COUNTED, versions_of([counted]), first, day)


def crumbs_of(shown: Practice, *, is_last: bool = False) -> list[Crumb]:
    url = "" if is_last else reverse("practices:practice", args=[shown.pk])
    return [Crumb(_("Mô hình"), reverse("practices:practices")), Crumb(shown.name, url)]


def _table(actor: Actor, spread: Spread, names: Mapping[int, str]) -> Table:
    rows = [_row(actor, each, names) for each in spread.adopters]
    may = any(_may_withdraw(actor, each) for each in spread.adopters)
    columns = [Column(_("Đơn vị")), Column(_("Từ ngày")), *([Column(_("Sửa"))] if may else [])]
    return Table(
        _("Đơn vị đã áp dụng"),
        columns,
        [Row(row.cells[: len(columns)], row.id) for row in rows],
        _("Chưa đơn vị nào áp dụng."),
    )


def _row(actor: Actor, each: Adopter, names: Mapping[int, str]) -> Row:
    adoption = each.adoption
    moved = each.now is not None and each.now.pk != adoption.unit_id
    note = _("nay thuộc {unit}").format(unit=each.now.title) if moved and each.now else ""
    may = _may_withdraw(actor, each)
    url = reverse("practices:withdraw", args=[adoption.pk]) if may else ""
    name = names[adoption.unit_id]
    return Row(
        [
            Cell(name, _unit_url(actor, each.now), is_header=True, note=note),
            Cell(adoption.adopted_on, note=adoption.note),
            Cell(_("Rút lại") if may else "", url),
        ],
        id=f"adoption-{adoption.pk}",
    )


def _may_withdraw(actor: Actor, each: Adopter) -> bool:
    return actor.can("practice.edit", at=each.adoption.unit.path)


def _unit_url(actor: Actor, unit: Unit | None) -> str:
    """The page of a unit, for those who may open it."""
    if unit is None or not actor.can("unit.view", at=unit.path):
        return ""
    return f"/units/{unit.key}/"


def _map(actor: Actor, shown: Practice, spread: Spread) -> Chart | None:
    """The communes around who started it, those that adopted it set off."""
    adopted = {each.now.pk for each in spread.adopters if each.now is not None}
    home = spread.home.pk if spread.home else 0
    regions = [
        _region(actor, unit, is_home=unit.pk == home, has_adopted=unit.pk in adopted)
        for unit in spread.communes
        if unit.lat is not None and unit.lon is not None
    ]
    if len(regions) < _PLACES or not spread.adopters:
        return None
    title = _("Nơi áp dụng “{name}”").format(name=shown.name)
    return map_chart(title, regions, head=_("Đơn vị"), measure=_("Tình trạng"))


def _region(actor: Actor, unit: Unit, *, is_home: bool, has_adopted: bool) -> Region:
    tone: Tone = "neutral"
    note = _("chưa áp dụng")
    if is_home:
        tone, note = "ahead", _("nơi khởi xướng")
    elif has_adopted:
        tone, note = "reached", _("đã áp dụng")
    return Region(
        key=unit.key,
        title=unit.title,
        lat=unit.lat or 0.0,
        lon=unit.lon or 0.0,
        value=int(has_adopted),
        tone=tone,
        url=_unit_url(actor, unit),
        note=note,
    )
