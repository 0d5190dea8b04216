"""One member: teams, account, coming, going and moving."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core import clock
from senhong.core.days import LAST_DAY, as_date, as_day
from senhong.org.queries import get_unit, unit_names
from senhong.people import queries, services
from senhong.people.forms import EndForm, MemberForm, MoveForm, OnceForm, ReturnForm
from senhong.people.models import Member, MemberMerge, Membership, Stay
from senhong.people.views.answers import Asked, ask
from senhong.web.components import Cell, Column, Fact, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def member(request: PageRequest, id: UUID) -> HttpResponse:
    """Who she is, where and in which teams she was, her account.

    An old link to an entry that was merged leads to the one that was kept.
    """
    member = queries.get_member(request.actor, id)
    if member.pk != id:
        return see_other(_page(member))
    place = member.unit.path
    memberships = queries.memberships_of(request.actor, member)
    stays = queries.stays_of(member)
    units = [member.unit, *(each.team.unit for each in memberships), *(s.unit for s in stays)]
    names = unit_names(units)
    page = {
        "member": member,
        "unit_name": names[member.unit_id],
        "facts": _facts(member, names[member.unit_id]),
        "teams": _team_table(memberships, names),
        "stays": _stay_table(stays, names) if len(stays) > 1 else None,
        "merges": _merge_table(queries.merges_into(member)),
        "may_edit": request.actor.can("member.edit", at=place),
        "may_open": request.actor.can("user.edit", at=place),
        "may_reset": request.actor.can("user.reset", at=place),
        **_devices(request, member),
    }
    return render(request, "people/member.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request: PageRequest) -> HttpResponse:
    unit = get_unit(request.actor, request.GET.get("unit", ""))
    request.actor.require("member.edit", at=unit.path)
    form = MemberForm(request.POST or None)
    if not form.is_valid():
        cancel = f"{reverse('people:members')}?unit={unit.key}"
        asked = Asked(title=_("Thêm thành viên"), submit=_("Thêm"), cancel_url=cancel, unit=unit)
        return ask(request, form, asked)
    facts = dict(form.cleaned_data)
    member = services.add_member(request.actor, facts.pop("id"), unit=unit, **facts)
    messages.success(request, _("Đã thêm."))
    return see_other(_page(member))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_member(request: PageRequest, id: UUID) -> HttpResponse:
    member = queries.get_member(request.actor, id)
    request.actor.require("member.edit", at=member.unit.path)
    now = {
        "full_name": member.full_name,
        "joined_on": member.joined_on,
        "distinction": member.distinction,
    }
    form = MemberForm(request.POST or None, initial=now)
    if not form.is_valid():
        return ask(request, form, _asked(member, _("Sửa thông tin"), _("Lưu")))
    facts = dict(form.cleaned_data)
    facts.pop("id")
    return see_other(_page(services.change_member(request.actor, member, **facts)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_member(request: PageRequest, id: UUID) -> HttpResponse:
    member = queries.get_member(request.actor, id)
    request.actor.require("member.edit", at=member.unit.path)
    form = EndForm(request.POST or None)
    if not form.is_valid():
        lead = _("Người này cũng thôi ở mọi tổ từ ngày ấy. Những gì đã làm vẫn còn nguyên.")
        return ask(request, form, _asked(member, _("Thôi tham gia"), _("Ghi thôi"), lead))
    services.leave_movement(request.actor, member, on=form.cleaned_data["on"])
    messages.success(request, _("Đã ghi."))
    return see_other(_page(member))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_member(request: PageRequest, id: UUID) -> HttpResponse:
    member = queries.get_member(request.actor, id)
    request.actor.require("member.edit", at=member.unit.path)
    form = ReturnForm(request.POST or None)
    if not form.is_valid():
        lead = _("Quãng đã thôi vẫn để trống. Sau khi ghi, hãy mời người này vào tổ.")
        return ask(request, form, _asked(member, _("Tham gia lại"), _("Ghi tham gia lại"), lead))
    services.rejoin_movement(request.actor, member, on=form.cleaned_data["on"])
    messages.success(request, _("Đã ghi tham gia lại. Hãy mời vào tổ."))
    return see_other(_page(member))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move_member(request: PageRequest, id: UUID) -> HttpResponse:
    """To another unit from a day on; only where one looks after both."""
    member = queries.get_member(request.actor, id)
    request.actor.require("member.edit", at=member.unit.path)
    units = queries.units_to_move_to(request.actor, member, as_day(clock.today()))
    names = unit_names(units)
    form = MoveForm(request.POST or None, units={unit.key: names[unit.pk] for unit in units})
    if not units:
        return render(request, "people/move_nowhere.html", {"member": member})
    if not form.is_valid():
        lead = _("Những gì đã làm trước ngày ấy vẫn ở đơn vị cũ.")
        return ask(request, form, _asked(member, _("Chuyển đơn vị"), _("Ghi chuyển"), lead))
    facts = dict(form.cleaned_data)
    unit = next(unit for unit in units if unit.key == facts["unit"])
    services.transfer_member(request.actor, member, **{**facts, "unit": unit})
    messages.success(request, _("Đã ghi chuyển đơn vị."))
    return see_other(_page(member))


def _devices(request: PageRequest, member: Member) -> dict[str, object]:
    """Her phones, for those who answer for her in a team or a unit, and for herself."""
    if member.user is None or not queries.may_see_devices(request.actor, member):
        return {}
    return {"devices": queries.devices_of(member), "link_form": OnceForm()}


def _page(member: Member) -> str:
    return reverse("people:member", args=[member.pk])


def _asked(member: Member, title: str, submit: str, lead: str = "") -> Asked:
    return Asked(
        title=title,
        submit=submit,
        cancel_url=_page(member),
        unit=member.unit,
        lead=lead or member.full_name,
    )


def _facts(member: Member, unit_name: str) -> list[Fact]:
    unit_url = f"{reverse('people:members')}?unit={member.unit.key}"
    facts = [Fact(_("Đơn vị"), unit_name, unit_url)]
    if member.distinction:
        facts.append(Fact(_("Phân biệt"), member.distinction))
    facts.append(Fact(_("Tham gia từ"), member.joined_on))
    if member.left_on is not None:
        facts.append(Fact(_("Thôi từ"), member.left_on))
    return facts


def _team_table(memberships: list[Membership], names: dict[int, str]) -> Table:
    columns = [Column(_("Tổ, đội hình")), Column(_("Vai trò"))]
    columns += [Column(_("Từ ngày")), Column(_("Thôi từ"))]
    rows = [_team_row(membership, names) for membership in memberships]
    return Table(_("Các tổ đã tham gia"), columns, rows, _("Chưa ở tổ nào."))


def _team_row(membership: Membership, names: dict[int, str]) -> Row:
    team = membership.team
    url = reverse("people:team", args=[team.pk])
    return Row(
        [
            Cell(team.name, url, is_header=True, note=names[team.unit_id]),
            Cell(membership.get_role_display()),
            Cell(as_date(membership.from_day)),
            Cell(_until(membership.to_day)),
        ]
    )


def _stay_table(stays: list[Stay], names: dict[int, str]) -> Table:
    columns = [Column(_("Đơn vị")), Column(_("Từ ngày")), Column(_("Thôi từ"))]
    rows = [
        Row(
            [
                Cell(names[stay.unit_id], is_header=True),
                Cell(as_date(stay.from_day)),
                Cell(_until(stay.to_day)),
            ]
        )
        for stay in stays
    ]
    return Table(_("Các quãng tham gia"), columns, rows)


def _merge_table(merges: list[MemberMerge]) -> Table | None:
    if not merges:
        return None
    columns = [Column(_("Mục đã gộp")), Column(_("Lúc")), Column(_("Ai gộp"))]
    rows = [
        Row(
            [
                Cell(merge.merged.full_name, is_header=True, note=merge.merged.distinction),
                Cell(merge.at),
                Cell(str(merge.by) if merge.by else None),
            ]
        )
        for merge in merges
    ]
    return Table(_("Các mục đã gộp vào mục này"), columns, rows)


def _until(to_day: int) -> date | None:
    return None if to_day == LAST_DAY else as_date(to_day)
