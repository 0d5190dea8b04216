from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from senhong.core.errors import Forbidden, NotFound
from senhong.web.errors import Broken, FormExpired, UnreadableRequest
from senhong.web.gallery import samples
from senhong.web.http import for_a_program, see_other
from senhong.web.known_errors import known_errors
from senhong.web.problem import problem, problem_response

YEAR_S = 365 * 24 * 3600
THEMES = {"light", "dark"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if for_a_program(request):
        return problem_response(problem(NotFound(what=_("địa chỉ này"))))
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if for_a_program(request):
        return problem_response(problem(Forbidden(verb="")))
    return render(request, "web/forbidden.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the request: whatever broke may break the frame of the page too."""
    if for_a_program(request):
        return problem_response(problem(Broken()))
    return HttpResponse(render_to_string("web/broken.html"), status=500)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the frame: what cannot be read may be the address or who asks."""
    error = UnreadableRequest()
    if for_a_program(request):
        return problem_response(problem(error))
    page = render_to_string("web/unreadable.html", {"error": error})
    return HttpResponse(page, status=error.status)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without our token: from another site, or from before the last sign-in."""
    error = FormExpired()
    return render(request, "web/error.html", {"error": error}, status=error.status)


@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """Every code that a problem's ``type`` leads to."""
    return render(request, "web/errors.html", {"errors": known_errors()})


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark in a cookie; anything else follows the device again."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    answer = see_other(back)
    if (theme := request.POST.get("theme")) in THEMES:
        answer.set_cookie("theme", theme, max_age=YEAR_S, samesite="Lax", httponly=True)
    else:
        answer.delete_cookie("theme")
    return answer


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "web/gallery.html", samples())
