"""One team: who is in it, forming, changing, disbanding it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core.days import as_date, as_day
from senhong.org.queries import get_unit, unit_names
from senhong.people import queries, services
from senhong.people.forms import EndForm, JoinForm, TeamForm
from senhong.people.models import Membership, Team
from senhong.people.views.answers import Asked, ask
from senhong.web.components import Cell, Column, Fact, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def team(request: PageRequest, id: UUID) -> HttpResponse:
    """The team and who is in it on the day that is read."""
    team = queries.get_team(request.actor, id)
    may_edit = request.actor.can("team.edit", at=team.path)
    present = queries.members_of_team(request.actor, team, as_day(request.reading_on()))
    names = unit_names([team.unit, *(each.member.unit for each in present)])
    page = {
        "team": team,
        "unit_name": names[team.unit_id],
        "facts": _facts(team, names[team.unit_id]),
        "members": _member_table(present, names, may_edit=may_edit),
        "may_edit": may_edit,
        "may_view": request.actor.can("member.view", at=team.path),
    }
    if request.actor.can("newcomer.confirm", at=team.path):
        page |= {"may_confirm": True, "waiting": queries.waiting_number(request.actor, team)}
    return render(request, "people/team.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_team(request: PageRequest) -> HttpResponse:
    unit = get_unit(request.actor, request.GET.get("unit", ""))
    request.actor.require("team.edit", at=unit.path)
    form = TeamForm(request.POST or None)
    if not form.is_valid():
        cancel = f"{reverse('people:teams')}?unit={unit.key}"
        asked = Asked(title=_("Lập tổ, đội hình"), submit=_("Lập"), cancel_url=cancel, unit=unit)
        return ask(request, form, asked)
    facts = {**form.cleaned_data, "from_day": as_day(form.cleaned_data["from_day"])}
    team = services.form_team(request.actor, facts.pop("id"), unit=unit, **facts)
    messages.success(request, _("Đã lập. Mời người vào tổ."))
    return see_other(_page(team))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_team(request: PageRequest, id: UUID) -> HttpResponse:
    team = queries.get_team(request.actor, id)
    request.actor.require("team.edit", at=team.path)
    now = {"name": team.name, "kind": team.kind, "from_day": as_date(team.from_day)}
    form = TeamForm(request.POST or None, initial=now)
    if not form.is_valid():
        return ask(request, form, _asked(team, _("Sửa thông tin tổ"), _("Lưu")))
    facts = {**form.cleaned_data, "from_day": as_day(form.cleaned_data["from_day"])}
    facts.pop("id")
    return see_other(_page(services.change_team(request.actor, team, **facts)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def disband_team(request: PageRequest, id: UUID) -> HttpResponse:
    team = queries.get_team(request.actor, id)
    request.actor.require("team.edit", at=team.path)
    form = EndForm(request.POST or None)
    if not form.is_valid():
        lead = _("Mọi người trong tổ cũng thôi từ ngày ấy. Những gì tổ đã làm vẫn còn nguyên.")
        return ask(request, form, _asked(team, _("Giải thể tổ"), _("Giải thể"), lead))
    services.disband_team(request.actor, team, on=as_day(form.cleaned_data["on"]))
    messages.success(request, _("Đã ghi ngày giải thể."))
    return see_other(f"{reverse('people:teams')}?unit={team.unit.key}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_team(request: PageRequest, id: UUID) -> HttpResponse:
    """First a search by name, then who it is, in which role, from which day."""
    team = queries.get_team(request.actor, id)
    request.actor.require("team.edit", at=team.path)
    text = request.GET.get("q", "")[:100]
    members = queries.joinable(request.actor, team, text=text)
    names = unit_names(member.unit for member in members)
    found = {member: names[member.unit_id] for member in members}
    form = JoinForm(request.POST or None, found=found)
    if not form.is_valid():
        page = {"team": team, "form": form, "text": text, "found": found}
        return render(request, "people/join.html", page, status=422 if form.is_bound else 200)
    facts = {**form.cleaned_data, "from_day": as_day(form.cleaned_data["from_day"])}
    facts["member"] = queries.get_member(request.actor, facts["member"])
    services.join_team(request.actor, facts.pop("id"), team=team, **facts)
    messages.success(request, _("Đã vào tổ."))
    return see_other(_page(team))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_team(request: PageRequest, id: UUID) -> HttpResponse:
    membership = queries.get_membership(request.actor, id)
    team = membership.team
    request.actor.require("team.edit", at=team.path)
    form = EndForm(request.POST or None)
    if not form.is_valid():
        title = _("{name} thôi ở trong tổ").format(name=membership.member.full_name)
        return ask(request, form, _asked(team, title, _("Ghi thôi")))
    services.leave_team(request.actor, membership, on=as_day(form.cleaned_data["on"]))
    messages.success(request, _("Đã ghi."))
    return see_other(_page(team))


def _page(team: Team) -> str:
    return reverse("people:team", args=[team.pk])


def _asked(team: Team, title: str, submit: str, lead: str = "") -> Asked:
    return Asked(
        title=title,
        submit=submit,
        cancel_url=_page(team),
        unit=team.unit,
        lead=lead or team.name,
    )


def _facts(team: Team, unit_name: str) -> list[Fact]:
    unit_url = f"{reverse('people:teams')}?unit={team.unit.key}"
    facts = [
        Fact(_("Loại"), team.get_kind_display()),
        Fact(_("Đơn vị"), unit_name, unit_url),
        Fact(_("Lập từ"), as_date(team.from_day)),
    ]
    if team.is_disbanded:
        facts.append(Fact(_("Giải thể từ"), as_date(team.to_day)))
    return facts


def _member_table(present: list[Membership], names: dict[int, str], *, may_edit: bool) -> Table:
    columns = [Column(_("Họ và tên")), Column(_("Vai trò")), Column(_("Từ ngày"))]
    columns += [Column(_("Thay đổi"))] if may_edit else []
    rows = [_member_row(membership, names, may_edit=may_edit) for membership in present]
    return Table(_("Người trong tổ"), columns, rows, _("Chưa có ai trong tổ."))


def _member_row(membership: Membership, names: dict[int, str], *, may_edit: bool) -> Row:
    member = membership.member
    url = reverse("people:member", args=[member.pk])
    cells = [
        Cell(member.full_name, url, is_header=True, note=names[member.unit_id]),
        Cell(membership.get_role_display()),
        Cell(as_date(membership.from_day)),
    ]
    if may_edit:
        end = reverse("people:leave-team", args=[membership.pk])
        cells.append(Cell(_("Cho thôi"), end, title=member.full_name))
    return Row(cells, id=f"membership-{membership.pk}")
