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
from senhong.people.forms import AccountForm, OtherAccountForm
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
        title = _("Mở tài khoản")
        return ask(request, form, _asked(member, title, title))
    password = services.open_account(request.actor, member, **form.cleaned_data)
    return _told(request, member, password)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name_account(request: PageRequest, id: UUID) -> HttpResponse:
    """A full sign-in for who came in by the word of a team; her phones go on."""
    member = queries.get_member(request.actor, id)
    request.actor.require("user.edit", at=member.unit.path)
    suggested = queries.suggested_username(member.full_name)
    form = AccountForm(request.POST or None, initial={"username": suggested})
    if not form.is_valid():
        title = _("Đặt tên đăng nhập")
        return ask(request, form, _asked(member, title, title))
    password = services.name_account(request.actor, member, **form.cleaned_data)
    return _told(request, member, password)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unite_account(request: PageRequest, id: UUID) -> HttpResponse:
    """Who came in by the word of a team had an account already: the two become one."""
    member = queries.get_member(request.actor, id)
    request.actor.require("user.edit", at=member.unit.path)
    form = OtherAccountForm(request.POST or None)
    if not form.is_valid():
        return ask(request, form, _asked(member, _("Gộp với tài khoản đã có"), _("Gộp lại")))
    assert form.other is not None  # what its field saw to
    kept = services.unite_accounts(request.actor, form.cleaned_data["id"], member, form.other)
    messages.success(request, _("Đã gộp thành một tài khoản. Máy đã đăng nhập vẫn dùng tiếp."))
    return see_other(_page(kept))


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


def _asked(member: Member, title: str, submit: str) -> Asked:
    return Asked(
        title=title,
        submit=submit,
        cancel_url=_page(member),
        unit=member.unit,
        lead=member.full_name,
    )


def _told(request: PageRequest, member: Member, password: str) -> HttpResponse:
    assert member.user is not None  # whose password it is
    return told(request, member.user, password, _page(member))
