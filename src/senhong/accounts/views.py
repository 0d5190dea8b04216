from typing import Any, cast
from uuid import UUID

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.accounts import queries, services
from senhong.accounts.adapter import TOO_MANY, WAIT_MINUTES, WAIT_S
from senhong.accounts.forms import LinkForm, TokenForm
from senhong.accounts.models import User
from senhong.web.browsers import way_out
from senhong.web.http import PageRequest, see_other
from senhong.web.qr import qr_svg


class SignIn(allauth.LoginView):  # type: ignore[misc]  # allauth is untyped
    template_name = "accounts/login.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        page = _mistaken(super().form_invalid(form))
        if form.has_error(NON_FIELD_ERRORS, TOO_MANY):
            page.status_code, page["Retry-After"] = 429, str(60 * WAIT_MINUTES)
        return page


class SignOut(allauth.LogoutView):  # type: ignore[misc]  # allauth is untyped
    template_name = "accounts/logout.html"


class ChangePassword(allauth.PasswordChangeView):  # type: ignore[misc]  # allauth is untyped
    template_name = "accounts/password_change.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return _mistaken(super().form_invalid(form))


def too_many(request: HttpRequest) -> HttpResponse:
    """For who signs in, or changes the password, too often: allauth asks for it by name."""
    page = render(request, "accounts/too_many.html", status=429)
    page["Retry-After"] = str(WAIT_S)
    return page


def _mistaken(page: HttpResponse) -> HttpResponse:
    page.status_code = 422
    return page


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PageRequest) -> HttpResponse:
    """One's own tokens. A new one is on the answer to its form, and never again."""
    form = TokenForm(request.POST or None)
    issued, status = "", 200
    if request.method == "POST":
        status = 201 if form.is_valid() else 422
    if status == 201:
        facts = {**form.cleaned_data, "user": cast(User, request.user)}
        issued = services.issue_token(request.actor, **facts)
        form = TokenForm()
    page = {"form": form, "issued": issued, "tokens": queries.own_tokens(request.actor)}
    return render(request, "accounts/tokens.html", page, status=status)


@login_required
@require_POST
def revoke_token(request: PageRequest, id: UUID) -> HttpResponse:
    services.revoke_token(request.actor, queries.get_own_token(request.actor, id))
    messages.success(request, _("Đã thu hồi. Chương trình dùng mã ấy không vào được nữa."))
    return see_other("accounts:tokens")


@login_required
@require_safe
def devices(request: PageRequest) -> HttpResponse:
    """One's own phones that are signed in, and the way to another."""
    page = {"devices": queries.own_devices(request.actor), "form": LinkForm()}
    return render(request, "accounts/devices.html", page)


@never_cache
@login_required
@require_POST
def make_link(request: PageRequest) -> HttpResponse:
    """Answers with a one-time link for another phone, or for the app on this one."""
    form = LinkForm(request.POST)
    if not form.is_valid():
        return see_other("accounts:devices")
    user = cast(User, request.user)
    secret = services.make_link(request.actor, form.cleaned_data["id"], user)
    out = way_out(request, f"/field/open/{secret}/")
    page = {
        "who": user.full_name,
        "out": out,
        "qr": qr_svg(out.address, _("Mã QR của liên kết đăng nhập")),
        "is_own": True,
        "back_url": reverse("accounts:devices"),
    }
    return render(request, "accounts/link.html", page, status=201)


@login_required
@require_POST
def sign_out_device(request: PageRequest, id: UUID) -> HttpResponse:
    services.end_device(request.actor, queries.get_own_device(request.actor, id))
    messages.success(request, _("Đã đăng xuất máy ấy."))
    return see_other("accounts:devices")
