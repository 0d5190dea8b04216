"""What allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senhong.accounts.models import User
from senhong.accounts.services import change_password
from senhong.core.actor import Actor


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
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
