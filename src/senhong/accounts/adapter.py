"""What allauth asks of us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.accounts.services import change_password
from senhong.core.actor import Actor

TOO_MANY = "too_many_login_attempts"  # allauth's code
WAIT_MINUTES = 5  # the longest window of ACCOUNT_RATE_LIMITS["login_failed"]
WAIT_S = 60  # the window of every other rate of signing in and of changing one's password
# What the page that follows does not show by itself; of the rest nothing is said.
_SAID = {
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu."),
    "account/messages/logged_out.txt": _("Bạn đã đăng xuất."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy gõ lại."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy gõ lại."),
        "incorrect_password": _("Mật khẩu đang dùng chưa đúng. Hãy gõ lại."),
        "enter_current_password": _("Mật khẩu đang dùng chưa đúng. Hãy gõ lại."),
        "account_inactive": _("Tài khoản đã khóa. Hãy nhờ văn phòng đơn vị của bạn mở lại."),
        "rate_limited": _("Thử quá nhiều lần. Hãy đợi một phút rồi thử lại."),
        TOO_MANY: _(
            "Sai mật khẩu quá nhiều lần. Hãy đợi 5 phút rồi thử lại, "
            "hoặc nhờ văn phòng đơn vị của bạn đặt lại mật khẩu."
        ),
    }

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """In our words; that one is signed in is seen on the page."""
        if message_template in _SAID:
            messages.add_message(request, level, str(_SAID[message_template]))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an office or by joining a team, never by a stranger."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Only who knew the password learns that the account is closed."""
        return render(request, "accounts/inactive.html", status=403)

    def set_password(self, user: User, password: str) -> None:
        change_password(Actor(user.pk), user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"
