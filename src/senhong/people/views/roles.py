"""Who holds which role at a unit: given, taken away, let in again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.days import as_day, day_before
from senhong.core.errors import Forbidden
from senhong.org.models import Role, RoleGrant, Unit
from senhong.org.queries import get_unit, landed_unit, roles_given_by, shown_period
from senhong.org.services import grant_role, withdraw_role
from senhong.people import queries, services
from senhong.people.forms import RoleForm
from senhong.people.queries import Done, RoleLine
from senhong.people.role_words import words_of
from senhong.people.services import NewAccount
from senhong.people.views.units import asked_unit, frame
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest, see_other


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: PageRequest) -> HttpResponse:
    """The roles held at a unit, and a form to give one to an account, or to a new one.

    Who may give roles only below her own unit reads here, and is led down.
    """
    unit = _unit_of_today(request)
    if unit is None:
        return render(request, "people/nowhere.html")
    given = roles_given_by(request.actor, unit)
    if not given and not request.actor.can("role.pass-on", at=unit.path):
        raise Forbidden(verb="role.grant")
    if request.method == "POST" and not given:
        raise Forbidden(verb="role.grant")
    held = queries.roles_at(request.actor, unit)
    form = RoleForm(request.POST or None, roles=given, held=[line.grant for line in held])
    if form.is_valid():
        return _give(request, unit, form)
    ended = queries.ended_roles_at(request.actor, unit)
    today = as_day(clock.today())
    page = frame(request, unit, "people:roles", min(today, day_before(unit.to_day))) | {
        "form": form if given else None,
        "lines": [_line(request, unit, line, given) for line in held],
        "ended": _ended(ended),
        "words": _words(given or [*Role]),
    }
    return render(request, "people/roles.html", page, status=422 if form.is_bound else 200)


def _unit_of_today(request: PageRequest) -> Unit | None:
    """The unit that is asked for, or what it has become: roles are held today, whichever day is
    read. One that became nothing of its level stays itself, for its past."""
    unit, today = asked_unit(request), as_day(clock.today())
    if unit is None or unit.to_day > today:
        return unit
    heir = landed_unit(unit.pk, today)
    return get_unit(request.actor, heir.key) if heir.level == unit.level else unit


@login_required
@require_POST
def withdraw(request: PageRequest, id: UUID) -> HttpResponse:
    """From today on the role is not held."""
    grant = queries.get_role_grant(request.actor, id)
    withdraw_role(request.actor, grant, on=clock.today())
    messages.success(request, _("Đã thôi giao vai trò."))
    return see_other(_page(grant.unit))


@never_cache
@login_required
@require_POST
def reset_holder(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with a one-time password, shown once."""
    grant = queries.get_role_grant(request.actor, id)
    password = services.reset_holder_password(request.actor, grant)
    return told(request, grant.user, password, _page(grant.unit))


def told(request: PageRequest, holder: User, password: str, back_url: str) -> HttpResponse:
    """The one page that shows a one-time password."""
    page = {"holder": holder, "password": password, "back_url": back_url}
    return render(request, "people/password.html", page, status=201)


def _give(request: PageRequest, unit: Unit, form: RoleForm) -> HttpResponse:
    said, to_day = form.cleaned_data, form.to_day
    if form.holder is not None:
        grant_role(
            request.actor, said["id"], user=form.holder, role=said["role"], unit=unit, to_day=to_day
        )
        messages.success(request, _("Đã giao vai trò."))
        return see_other(_page(unit))
    facts = NewAccount(username=said["username"], full_name=said["full_name"])
    grant, password = services.open_role_account(
        request.actor, said["id"], facts, role=said["role"], unit=unit, to_day=to_day
    )
    return told(request, grant.user, password, _page(unit))


def _line(request: PageRequest, unit: Unit, line: RoleLine, given: list[Role]) -> dict[str, object]:
    actor, grant = request.actor, line.grant
    is_own = grant.user_id == actor.user_id
    may_reset = grant.user.is_active and actor.can("user.reset", at=grant.unit.path)
    return {
        "grant": grant,
        "at": _place(unit, grant),
        "period": shown_period(grant.from_day, grant.to_day),
        "granted": line.granted,
        "may_withdraw": not is_own and Role(grant.role) in given,
        "may_reset": not is_own and may_reset,
    }


def _place(unit: Unit, grant: RoleGrant) -> str:
    """Where it was given, when that unit has since become this one."""
    return "" if grant.unit_id == unit.pk else grant.unit.title


def _ended(lines: list[RoleLine]) -> Table | None:
    if not lines:
        return None
    columns = [Column(_("Ai")), Column(_("Vai trò")), Column(_("Thời gian"))]
    columns += [Column(_("Ai giao")), Column(_("Ai thu lại"))]
    return Table(_("Đã giữ vai trò"), columns, [_ended_row(line) for line in lines])


def _ended_row(line: RoleLine) -> Row:
    grant = line.grant
    return Row(
        [
            Cell(str(grant.user), is_header=True, note=grant.user.username),
            Cell(grant.get_role_display()),
            Cell(shown_period(grant.from_day, grant.to_day)),
            _done_cell(line.granted),
            _done_cell(line.withdrawn),
        ]
    )


def _done_cell(done: Done | None) -> Cell:
    if done is None:
        return Cell(None)
    return Cell(done.by or _("hệ thống"), note=date_format(clock.date_of(done.at), "DATE_FORMAT"))


def _words(roles: list[Role]) -> Table:
    columns = [Column(_("Vai trò")), Column(_("Làm được gì, ở đơn vị này và mọi đơn vị bên dưới"))]
    rows = [Row([Cell(role.label, is_header=True), Cell(words_of(role))]) for role in roles]
    return Table(_("Vai trò làm được gì"), columns, rows)


def _page(unit: Unit) -> str:
    return f"{reverse('people:roles')}?unit={unit.key}"
