from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from senhong.core.errors import NotFound
from senhong.core.ids import uuid7
from senhong.org.queries import get_installation
from senhong.plans import queries, services
from senhong.plans.forms import PaceForm
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pace_rule(request: PageRequest) -> HttpResponse:
    """The province's thresholds, and how pace is reckoned."""
    installation = get_installation()
    if installation is None:
        raise NotFound(what=_("ngưỡng nhịp độ"))
    province = installation.province
    request.actor.require("target.set", at=province.path)
    rule = queries.pace_rule_of(province)
    initial = {"id": uuid7(), "ahead_percent": rule.ahead_percent,
               "on_pace_percent": rule.on_pace_percent}  # fmt: skip
    form = PaceForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        services.set_pace_rule(request.actor, unit=province, **form.cleaned_data)
        messages.success(request, _("Đã lưu. Mọi chỉ tiêu được đọc theo ngưỡng mới."))
        return see_other("plans:pace-rule")
    page = {"form": form, "province": province, "rule": rule}
    return render(request, "plans/pace_rule.html", page, status=422 if form.is_bound else 200)
