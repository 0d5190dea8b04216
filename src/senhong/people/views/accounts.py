"""A member's account: opened, closed, and opened again when the password is forgotten."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from senhong.people import queries, services
from senhong.people.forms import AccountForm
from senhong.people.models import Member
from senhong.people.views.answers import Asked, ask
from senhong.people.views.roles import told
from senhong.web.http import PageRequest, see_other


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: PageRequest, id: UUID) -> HttpResponse:
    """Asks for a user name and answers with the one-time password, shown once."""
    member = queries.get_member(request.actor, id)
    request.actor.require("user.edit", at=member.unit.path)
    suggested = queries.suggested_username(member.full_name)
    form = AccountForm(request.POST or None, initial={"username": suggested})
    if not form.is_valid():
        asked = Asked(
            title=_("Mở tài khoản"),
            submit=_("Mở tài khoản"),
            cancel_url=_page(member),
            unit=member.unit,
            lead=member.full_name,
        )
        return ask(request, form, asked)
    password = services.open_account(request.actor, member, **form.cleaned_data)
    return _told(request, member, password)


@never_cache
@login_required
@require_POST
def reset_password(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with a one-time password, shown once."""
    member = queries.get_member(request.actor, id)
    return _told(request, member, services.reset_member_password(request.actor, member))


@login_required
@require_POST
def close_account(request: PageRequest, id: UUID) -> HttpResponse:
    member = queries.get_member(request.actor, id)
    services.close_account(request.actor, member)
    messages.success(request, _("Đã khóa tài khoản."))
    return see_other(_page(member))


@login_required
@require_POST
def reopen_account(request: PageRequest, id: UUID) -> HttpResponse:
    member = queries.get_member(request.actor, id)
    services.reopen_account(request.actor, member)
    messages.success(request, _("Đã mở lại tài khoản."))
    return see_other(_page(member))


def _page(member: Member) -> str:
    return reverse("people:member", args=[member.pk])


def _told(request: PageRequest, member: Member, password: str) -> HttpResponse:
    assert member.user is not None  # whose password it is
    return told(request, member.user, password, _page(member))
