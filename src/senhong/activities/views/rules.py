"""Whether a unit's help counts at once or after acceptance."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from senhong.activities import queries, services
from senhong.activities.queries import CountingSeen
from senhong.activities.review_forms import CountingRuleForm
from senhong.activities.views.frame import Asked, ask
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_counting_rule(request: PageRequest, key: str) -> HttpResponse:
    """Asks when help counts, and says what holds now and since when."""
    unit = get_unit(request.actor, key)
    request.actor.require("counting-rule.set", at=unit.path)
    seen = queries.counting_seen(request.actor, unit)
    form = CountingRuleForm(request.POST or None, seen=seen)
    if not form.is_valid():
        return ask(request, form, _asked(unit, seen))
    services.set_counting_rule(request.actor, unit, after_acceptance=form.after_acceptance)
    messages.success(request, _("Đã lưu. Từ bây giờ lượt hỗ trợ được tính như vậy."))
    return see_other(f"/units/{unit.key}/")


def _asked(unit: Unit, seen: CountingSeen) -> Asked:
    title = _("Khi nào lượt hỗ trợ được tính")
    return Asked(
        title=title,
        submit=_("Lưu"),
        cancel_url=f"/units/{unit.key}/",
        crumbs=[Crumb(unit.title, f"/units/{unit.key}/"), Crumb(title)],
        lead=_since(unit, seen),
        counted=_(
            "Áp dụng cho lượt ghi từ lúc lưu, của các tổ ở đơn vị này và bên dưới, trừ nơi có "
            "quyết định riêng. Lượt đang chờ duyệt vẫn chờ đến khi có người duyệt."
        ),
    )


def _since(unit: Unit, seen: CountingSeen) -> str:
    """Who decided, and when."""
    if seen.decided_at is None:
        return unit.title
    at = date_format(seen.decided_at, "SHORT_DATETIME_FORMAT")
    if not seen.decided_by:
        return _("{unit} · quyết định lúc {at}").format(unit=unit.title, at=at)
    words = _("{unit} · {name} quyết định lúc {at}")
    return words.format(unit=unit.title, name=seen.decided_by, at=at)
