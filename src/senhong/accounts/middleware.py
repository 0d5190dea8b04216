from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from senhong.accounts.errors import PasswordMustChange
from senhong.web.http import for_a_program, see_other
from senhong.web.problem import problem, problem_response

# What remains open to who signed in with a one-time password.
_OPEN = ("/accounts/", "/static/", "/language/", "/theme/", "/errors/", "/healthz", "/field/")


class MustChangePasswordMiddleware:
    """After a reset by the office the person first sets a password of her own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _must_change(request):
            return self.get_response(request)
        if for_a_program(request):
            return problem_response(problem(PasswordMustChange()))
        return see_other("account_change_password")


def _must_change(request: HttpRequest) -> bool:
    """Looks nobody up who carries no session: tokens and health checks pass untouched."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(_OPEN):
        return False
    return request.user.is_authenticated and request.user.must_change_password
