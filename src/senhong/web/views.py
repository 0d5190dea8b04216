from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from senhong.web.gallery import samples
from senhong.web.http import see_other

YEAR_S = 365 * 24 * 3600
THEMES = {"light", "dark"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/forbidden.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the request: whatever broke may break the frame of the page too."""
    return HttpResponse(render_to_string("web/broken.html"), status=500)


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
