from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from senhong.ledger import queries, services
from senhong.ledger.forms import IndicatorForm, RewordIndicatorForm
from senhong.ledger.models import IndicatorGroup
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def indicators(request: PageRequest) -> HttpResponse:
    """Everything that is counted, by group, with its definition and rule."""
    order = IndicatorGroup.values
    known = sorted(queries.indicators(), key=lambda each: order.index(each.group))
    groups = [
        (IndicatorGroup(group).label, list(found))
        for group, found in groupby(known, key=lambda each: each.group)
    ]
    page = {"groups": groups, "may_edit": _may_edit(request)}
    return render(request, "ledger/indicators.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_indicator(request: PageRequest) -> HttpResponse:
    """Asks what is to be counted; answers with the list, where it stands at once."""
    form = IndicatorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, _("Thêm chỉ tiêu đếm"), is_new=True)
    indicator = services.add_indicator(request.actor, form.read())
    messages.success(request, _("Đã thêm chỉ tiêu “{name}”.").format(name=indicator.title))
    return see_other(f"{reverse('ledger:indicators')}#{indicator.code}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_indicator(request: PageRequest, code: str) -> HttpResponse:
    """The words of an indicator, to be said better."""
    indicator = queries.get_indicator(code)
    words = {name: getattr(indicator, name) for name in IndicatorForm.base_fields}
    form = RewordIndicatorForm(request.POST or None, initial=words)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, _("Sửa chỉ tiêu đếm"))
    services.change_indicator(request.actor, indicator, form.read(indicator))
    messages.success(request, _("Đã sửa chỉ tiêu “{name}”.").format(name=indicator.title))
    return see_other(f"{reverse('ledger:indicators')}#{indicator.code}")


def _ask(
    request: PageRequest, form: IndicatorForm, title: str, *, is_new: bool = False
) -> HttpResponse:
    request.actor.require("indicator.edit", at=queries.place_of_indicators(request.actor))
    page = {"form": form, "title": title, "is_new": is_new}
    return render(request, "ledger/indicator_form.html", page, status=422 if form.errors else 200)


def _may_edit(request: PageRequest) -> bool:
    return request.actor.can("indicator.edit", at=queries.place_of_indicators(request.actor))
