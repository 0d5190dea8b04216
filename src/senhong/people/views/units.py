"""The teams and the members of a unit."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from senhong.core.days import as_date, as_day
from senhong.org.models import Unit
from senhong.org.queries import get_unit, unit_names, within
from senhong.people import queries
from senhong.people.queries import Around, MemberLine, Taking, TeamLine, Wanted
from senhong.web.components import Cell, Column, Crumb, Option, Row, Table
from senhong.web.http import PageRequest

# What the office alone sees beside the two lists: page, label, who may.
_OFFICE_PAGES = (
    ("people:doubles", gettext_lazy("Nghi ghi hai lần"), ("member.edit",)),
    ("people:newcomers", gettext_lazy("Người mới"), ("newcomer.confirm",)),
    ("people:devices", gettext_lazy("Thiết bị"), ("device.edit",)),
    ("people:roles", pgettext_lazy("nhiều", "Vai trò"), ("role.grant", "role.pass-on")),
    ("people:partners", pgettext_lazy("nhiều", "Đối tác"), ("partner.edit",)),
)
_TAKING = (
    (Taking.PRESENT, gettext_lazy("Đang tham gia")),
    (Taking.WITHOUT_TEAM, gettext_lazy("Chưa ở tổ nào")),
    (Taking.LEFT, gettext_lazy("Đã thôi")),
)


@login_required
@require_safe
def teams(request: PageRequest) -> HttpResponse:
    """The teams of the unit itself, then those of the units below."""
    unit = asked_unit(request)
    if unit is None:
        return render(request, "people/nowhere.html")
    day = as_day(request.reading_on())
    own = queries.team_lines(request.actor, unit, day)
    below = queries.teams_below(request.actor, unit, day, after=_after(request))
    names = unit_names(line.team.unit for line in below.items)
    page = frame(request, unit, "people:teams") | {
        "own": _team_table(unit.title, own, {unit.pk: ""}),
        "below": _team_table(_("Ở các đơn vị bên dưới"), below.items, names),
        "next_url": _next(unit, below.next),
        "may_edit": request.actor.can("team.edit", at=unit.path),
    }
    return render(request, "people/teams.html", page)


@login_required
@require_safe
def members(request: PageRequest) -> HttpResponse:
    """Who takes part at the unit and below, by given name; found without tone marks."""
    unit = asked_unit(request)
    if unit is None:
        return render(request, "people/nowhere.html")
    day = as_day(request.reading_on())
    wanted = _wanted(request)
    found = queries.member_slice(request.actor, unit, as_date(day), wanted, after=_after(request))
    names = unit_names(line.unit for line in found.items)
    own = queries.team_lines(request.actor, unit, day)
    page = frame(request, unit, "people:members") | {
        "wanted": wanted,
        "takings": [(taking.value, label, wanted.taking == taking) for taking, label in _TAKING],
        "teams": [(line.team, line.team == wanted.team) for line in own],
        "members": _member_table(found.items, names, wanted),
        "next_url": _next(unit, found.next, **_asked_again(wanted)),
        "may_view": request.actor.can("member.view", at=unit.path),
        "may_edit": request.actor.can("member.edit", at=unit.path),
    }
    return render(request, "people/members.html", page)


def _wanted(request: PageRequest) -> Wanted:
    """What the address narrows the list to; what it does not know is left out."""
    asked = request.GET
    taking = asked.get("taking", "")
    try:
        team = queries.get_team(request.actor, UUID(asked.get("team", "")))
    except ValueError:
        team = None
    return Wanted(
        text=asked.get("q", "")[:100],
        team=team,
        taking=Taking(taking) if taking in list(Taking) else Taking.PRESENT,
    )


def _asked_again(wanted: Wanted) -> dict[str, str]:
    said = {"q": wanted.text, "taking": wanted.taking.value}
    return said | ({"team": str(wanted.team.pk)} if wanted.team else {})


def asked_unit(request: PageRequest) -> Unit | None:
    """The unit that the address names, or the highest that the person may view."""
    if key := request.GET.get("unit"):
        return get_unit(request.actor, key)
    return queries.home_unit(request.actor, as_day(request.reading_on()))


def _after(request: PageRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _next(unit: Unit, after: UUID | None, **more: str) -> str:
    if after is None:
        return ""
    return f"?{urlencode({'unit': unit.key, 'after': after, **more})}"


def frame(request: PageRequest, unit: Unit, here: str, day: int | None = None) -> dict[str, object]:
    """What stands above a list of the unit. ``day``: on whose map; None: the day that is read."""
    around = queries.units_around(request.actor, unit, day or as_day(request.reading_on()))
    query = f"?{urlencode({'unit': unit.key})}"
    options = [
        Option(_("Tổ, đội hình"), f"/people/{query}", here == "people:teams"),
        Option(_("Thành viên"), f"/people/members/{query}", here == "people:members"),
    ]
    for name, label, verbs in _OFFICE_PAGES:
        if any(request.actor.can(verb, at=unit.path) for verb in verbs):
            options.append(Option(label, f"{reverse(name)}{query}", here == name))
    return {
        "unit": unit,
        "called": within(unit.title, around.parent),
        "crumbs": _crumbs(unit, around, here),
        "around": around,
        "here": here,
        "options": options,
    }


def _crumbs(unit: Unit, around: Around, here: str) -> list[Crumb]:
    """The way down to the unit; the first step says what it hangs on, since nobody above does."""
    if not around.above:
        return [Crumb(within(unit.title, around.parent))]
    top = around.above[0]
    titles = [within(str(top), top.parent.title if top.parent else ""), *map(str, around.above[1:])]
    page = reverse(here)
    urls = [f"{page}?{urlencode({'unit': place.unit.key})}" for place in around.above]
    return [*map(Crumb, titles, urls), Crumb(unit.title)]


def _team_table(caption: str, lines: Sequence[TeamLine], names: dict[int, str]) -> Table:
    columns = [Column(_("Tên")), Column(_("Loại"))]
    columns += [Column(_("Số người"), numeric=True), Column(_("Từ ngày"))]
    return Table(caption, columns, [_team_row(line, names) for line in lines])


def _team_row(line: TeamLine, names: dict[int, str]) -> Row:
    team = line.team
    url = reverse("people:team", args=[team.pk])
    note = names.get(team.unit_id, team.unit.title)
    cells = [Cell(team.name, url, is_header=True, note=note), Cell(team.get_kind_display())]
    return Row([*cells, Cell(line.members), Cell(as_date(team.from_day))], id=f"team-{team.pk}")


def _member_table(lines: Sequence[MemberLine], names: dict[int, str], wanted: Wanted) -> Table:
    columns = [Column(_("Họ và tên")), Column(_("Đơn vị")), Column(_("Tham gia từ"))]
    has_left = wanted.taking == Taking.LEFT
    columns += [Column(_("Thôi từ"))] if has_left else []
    rows = [_member_row(line, names, has_left=has_left) for line in lines]
    narrowed = wanted != Wanted()
    empty = _("Không có ai như vậy ở đây.") if narrowed else _("Chưa có thành viên nào.")
    return Table(_("Thành viên"), columns, rows, empty)


def _member_row(line: MemberLine, names: dict[int, str], *, has_left: bool) -> Row:
    member = line.member
    url = reverse("people:member", args=[member.pk])
    cells = [
        Cell(member.full_name, url, is_header=True, note=member.distinction),
        Cell(names[line.unit.pk]),
        Cell(member.joined_on),
    ]
    cells += [Cell(as_date(line.stay.to_day))] if has_left else []
    return Row(cells, id=f"member-{member.pk}")
