from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from senhong.core.days import as_day
from senhong.org.forms import StartForm
from senhong.org.queries import SYSTEM, get_unit, require_not_founded, standing_provinces
from senhong.org.services import start_installation, want_units
from senhong.web.http import PageRequest, see_other

REFRESH_S = "3"  # how often the page looks whether the units are there


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PageRequest) -> HttpResponse:
    """The first run: whose installation this is, and its first administrator. Then never again."""
    require_not_founded()
    provinces = standing_provinces(as_day(request.reading_on()))
    if not provinces:
        return _waiting(request)
    form = StartForm(provinces, request.POST or None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "org/start.html", {"form": form}, status=status)
    facts = form.cleaned_data
    start_installation(
        SYSTEM, facts.pop("id"), **facts | {"province": get_unit(SYSTEM, facts["province"])}
    )
    messages.success(request, _("Đã khởi tạo. Hãy đăng nhập bằng tài khoản vừa lập."))
    return see_other("account_login")


@require_POST
def start_units(request: HttpRequest) -> HttpResponse:
    """Bring in the country's units, by a job; the first-run page waits for it."""
    require_not_founded()
    want_units(SYSTEM)
    answer = see_other("org:start")
    answer["Location"] += "?waiting=1"
    return answer


def _waiting(request: HttpRequest) -> HttpResponse:
    is_waiting = "waiting" in request.GET
    answer = render(request, "org/start_units.html", {"is_waiting": is_waiting})
    if is_waiting:
        answer["Refresh"] = REFRESH_S
    return answer
