"""Who holds which role at a unit: given, taken away, let in again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from senhong.accounts.models import User
from senhong.core import clock
from senhong.org.models import Role, RoleGrant, Unit
from senhong.org.queries import roles_given_by, shown_period
from senhong.org.services import grant_role, withdraw_role
from senhong.people import queries, services
from senhong.people.forms import RoleForm
from senhong.people.services import NewAccount
from senhong.people.views.units import asked_unit, frame
from senhong.web.http import PageRequest, see_other


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: PageRequest) -> HttpResponse:
    """The roles held at a unit, and a form to give one to an account, or to a new one."""
    unit = asked_unit(request)
    if unit is None:
        return render(request, "people/nowhere.html")
    request.actor.require("role.grant", at=unit.path)
    given = roles_given_by(request.actor, unit)
    form = RoleForm(request.POST or None, roles=given)
    if form.is_valid():
        return _give(request, unit, form)
    grants = queries.roles_at(request.actor, unit)
    page = frame(request, unit, "people:roles") | {
        "form": form,
        "lines": [_line(request, unit, grant, given) for grant in grants],
    }
    return render(request, "people/roles.html", page, status=422 if form.is_bound else 200)


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
    said = form.cleaned_data
    if form.holder is not None:
        grant_role(request.actor, said["id"], user=form.holder, role=said["role"], unit=unit)
        messages.success(request, _("Đã giao vai trò."))
        return see_other(_page(unit))
    facts = NewAccount(username=said["username"], full_name=said["full_name"])
    grant, password = services.open_role_account(
        request.actor, said["id"], facts, role=said["role"], unit=unit
    )
    return told(request, grant.user, password, _page(unit))


def _line(
    request: PageRequest, unit: Unit, grant: RoleGrant, given: list[Role]
) -> dict[str, object]:
    actor, place = request.actor, grant.unit.path
    is_own = grant.user_id == actor.user_id
    return {
        "grant": grant,
        "at": "" if grant.unit_id == unit.pk else grant.unit.title,
        "period": shown_period(grant.from_day, grant.to_day),
        "may_withdraw": not is_own and Role(grant.role) in given,
        "may_reset": not is_own and grant.user.is_active and actor.can("user.reset", at=place),
    }


def _page(unit: Unit) -> str:
    return f"{reverse('people:roles')}?unit={unit.key}"
