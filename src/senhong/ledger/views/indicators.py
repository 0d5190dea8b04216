from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core import clock
from senhong.ledger import queries, services
from senhong.ledger.definitions import days_said
from senhong.ledger.errors import VersionOutOfOrder, VersionToCome
from senhong.ledger.forms import IndicatorForm, RewordIndicatorForm
from senhong.ledger.models import Indicator, IndicatorGroup
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def indicators(request: PageRequest) -> HttpResponse:
    """Everything that is counted, by group, with its definition and rule."""
    order = IndicatorGroup.values
    known = sorted(queries.indicators(), key=lambda each: order.index(each.group))
    versions = queries.versions_of(known)
    groups = [
        (
            IndicatorGroup(group).label,
            [(each, versions.has_changed(each)) for each in found],
        )
        for group, found in groupby(known, key=lambda each: each.group)
    ]
    page = {"groups": groups, "may_edit": _may_edit(request)}
    return render(request, "ledger/indicators.html", page)


@login_required
@require_safe
def indicator_history(request: PageRequest, code: str) -> HttpResponse:
    """What was counted under this name, and how, from its first words to those of today."""
    indicator = queries.get_indicator(code)
    versions = queries.history_of(request.actor, indicator)
    page = {
        "indicator": indicator,
        "crumbs": [
            Crumb(_("Chỉ tiêu đếm"), reverse("ledger:indicators")),
            Crumb(indicator.title),
        ],
        "versions": [(each, days_said(each.words) or _("Từ trước đến nay")) for each in versions],
        "may_edit": _may_edit(request),
    }
    return render(request, "ledger/indicator_history.html", page)


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
    """An indicator's name, measure, validity; another definition makes a new version."""
    indicator = queries.get_indicator(code)
    form = RewordIndicatorForm(request.POST or None, kept=indicator, today=clock.today())
    if request.method != "POST" or not form.is_valid() or not _changed(request, indicator, form):
        return _ask(request, form, _("Sửa chỉ tiêu đếm"))
    messages.success(request, _("Đã sửa chỉ tiêu “{name}”.").format(name=indicator.title))
    return see_other(f"{reverse('ledger:indicators')}#{indicator.code}")


def _changed(request: PageRequest, indicator: Indicator, form: RewordIndicatorForm) -> bool:
    """Whether it was changed; what is wrong with the day is said at its field."""
    try:
        services.change_indicator(
            request.actor, indicator, form.read(indicator),
            since=form.since_day, reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except (VersionToCome, VersionOutOfOrder) as mistake:
        form.add_error("since", str(mistake))
        return False
    return True


def _ask(
    request: PageRequest, form: IndicatorForm, title: str, *, is_new: bool = False
) -> HttpResponse:
    request.actor.require_somewhere("indicator.edit")
    page = {"form": form, "title": title, "is_new": is_new}
    return render(request, "ledger/indicator_form.html", page, status=422 if form.errors else 200)


def _may_edit(request: PageRequest) -> bool:
    return request.actor.can_somewhere("indicator.edit")
