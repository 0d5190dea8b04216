from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senhong.core.errors import DomainError
from senhong.web.errors import UnreadableText
from senhong.web.problem import problem, problem_response


class PlainTextMiddleware:
    """Refuses a NUL in an address or in JSON: PostgreSQL can keep none, forms refuse it anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not carries_nul(request):
            return self.get_response(request)
        error = UnreadableText()
        if request.path.startswith("/api/"):
            return problem_response(problem(error))
        return render(request, "web/error.html", {"error": error}, status=error.status)


def carries_nul(request: HttpRequest) -> bool:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    return request.content_type == "application/json" and b"\\u0000" in request.body


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
