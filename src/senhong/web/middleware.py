from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from senhong.core.errors import DomainError
from senhong.core.text import plain
from senhong.web.errors import MethodNotAllowed, UnreadableText
from senhong.web.http import for_a_program
from senhong.web.problem import problem, problem_response

SYNC = "/api/v1/sync"


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as whoever asked can read it."""
    if for_a_program(request):
        return problem_response(problem(error))
    return render(request, "web/error.html", {"error": error}, status=error.status)


class PlainTextMiddleware:
    """What people send is plain text: see ``core.text.plain``.

    Pages are made plain; what a program sends is judged by its schema. A NUL in an address or in
    JSON is refused here: PostgreSQL can keep none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not carries_nul(request):
            return self.get_response(request)
        error = UnreadableText()
        return refusal(request, error)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if not for_a_program(request):
            request.GET = made_plain(request.GET)  # type: ignore[assignment]  # a copy is like it
            request.POST = made_plain(request.POST)  # type: ignore[assignment]


def carries_nul(request: HttpRequest) -> bool:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    if request.path == SYNC:  # keeps what it cannot read, and tells of each act what it is
        return False
    return request.content_type == "application/json" and b"\\u0000" in request.body


def made_plain(sent: QueryDict) -> QueryDict:
    """The same values, or a copy of them without what is neither typed nor seen."""
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        kept.setlist(name, [plain(value) for value in values])
    return sent if kept == sent else kept


class MethodMiddleware:
    """Says in words what Django and ninja say with an empty 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != MethodNotAllowed.status:
            return answer
        said = refusal(request, MethodNotAllowed())
        said["Allow"] = answer.get("Allow", "")
        return said


class DomainErrorMiddleware:
    """Shows a domain error as a page, or as a notice when htmx asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if "HX-Request" in request.headers:
            page = {"text": str(error), "tone": "problem"}
            response = render(request, "ui/_notice.html", page, status=error.status)
            response["HX-Retarget"], response["HX-Reswap"] = "#notices", "beforeend"
            return response
        return render(request, "web/error.html", {"error": error}, status=error.status)
