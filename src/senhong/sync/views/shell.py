"""The shell of the app for phones. Nothing personal is in it: everybody gets the same."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.web import assets

ENTRY = "field/main.ts"
WORKER = "field-sw.js"
# What the app needs beyond what every page may: pictures that were just taken, the server, and
# the worker and manifest that make it work without a signal.
_POLICY = {
    "img-src": ["blob:"],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "manifest-src": [SELF],
}


@csp_update(_POLICY)
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The page in which the app lives; without JavaScript it leads to the plain pages."""
    # Only what the worker keeps: on a silent network anything else would hold up the app.
    page = {"script": assets.address(ENTRY), "styles": assets.styles_of(ENTRY)}
    answer = render(request, "sync/shell.html", page)
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The built worker, asked for anew each time so that a new version reaches every phone."""
    file = assets.DIST / WORKER
    if not file.exists():
        raise Http404
    packed = file.with_name(f"{WORKER}.gz")
    is_packed = packed.exists() and "gzip" in request.headers.get("Accept-Encoding", "")
    body = (packed if is_packed else file).read_bytes()
    answer = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    if is_packed:
        answer["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    answer["Service-Worker-Allowed"] = "/field/"
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows when the app is installed."""
    said = {
        "id": "/field/",
        "name": _("Sen Hồng – ghi lượt hỗ trợ"),
        "short_name": _("Sen Hồng"),
        "description": _("Ghi lượt hỗ trợ người dân, có sóng hay không."),
        "lang": get_language(),
        "start_url": "/field/",
        "scope": "/field/",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#fbf9f6",
        "theme_color": "#c2255c",
        "icons": [_icon(192), _icon(512), _icon(512, "maskable")],
    }
    answer = JsonResponse(said, content_type="application/manifest+json")
    answer["Cache-Control"] = "no-cache"
    return answer


def _icon(size: int, purpose: str = "any") -> dict[str, str]:
    name = f"icon-{size}.png" if purpose == "any" else f"icon-{purpose}-{size}.png"
    address = static(f"web/{name}")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
