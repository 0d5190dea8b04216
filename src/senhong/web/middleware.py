from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senhong.core.errors import DomainError
from senhong.web.errors import MethodNotAllowed, UnreadableText
from senhong.web.http import for_a_program
from senhong.web.problem import problem, problem_response


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as whoever asked can read it."""
    if for_a_program(request):
        return problem_response(problem(error))
    return render(request, "web/error.html", {"error": error}, status=error.status)


class PlainTextMiddleware:
    """Refuses a NUL in an address or in JSON: PostgreSQL can keep none, forms refuse it anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not carries_nul(request):
            return self.get_response(request)
        error = UnreadableText()
        return refusal(request, error)


def carries_nul(request: HttpRequest) -> bool:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    return request.content_type == "application/json" and b"\\u0000" in request.body


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
