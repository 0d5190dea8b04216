"""A practice told for the first time, or told better."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from senhong.core import clock
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.plans.queries import units_where
from senhong.practices import queries, services
from senhong.practices.forms import ChangedPracticeForm, PracticeForm
from senhong.practices.models import Practice
from senhong.practices.services import PracticeFacts
from senhong.practices.views.practice import crumbs_of
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_practice(request: PageRequest) -> HttpResponse:
    """Answers with the practice's page, or with the form and its mistakes (422)."""
    actor, today = request.actor, clock.today()
    day = as_day(today)
    units = units_where(actor, "practice.edit", first=day, last=day)
    actor.require("practice.edit", at=units[0][0].path if units else "")
    initial = {"id": uuid7(), "since_on": today}
    form = PracticeForm(request.POST or None, units=units, initial=initial)
    if not form.is_bound or not form.is_valid():
        return _asked(request, form, None)
    made = services.start_practice(actor, form.cleaned_data["id"], form.starter, form.read())
    messages.success(request, _("Đã lưu mô hình. Thêm một hai tấm ảnh để nơi khác dễ làm theo."))
    return see_other("practices:practice", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_practice(request: PageRequest, id: UUID) -> HttpResponse:
    shown = queries.get_practice(request.actor, id)
    request.actor.require("practice.edit", at=shown.unit.path)
    told = {name: getattr(shown, name) for name in PracticeFacts.__dataclass_fields__}
    form = ChangedPracticeForm(request.POST or None, initial=told | {"id": shown.pk})
    if not form.is_bound or not form.is_valid():
        return _asked(request, form, shown)
    services.change_practice(request.actor, shown, form.read())
    messages.success(request, _("Đã lưu."))
    return see_other("practices:practice", shown.pk)


def _asked(request: PageRequest, form: PracticeForm, shown: Practice | None) -> HttpResponse:
    title = _("Sửa mô hình") if shown else _("Thêm mô hình")
    back = [Crumb(_("Mô hình"), reverse("practices:practices"))]
    page = {
        "form": form,
        "title": title,
        "crumbs": [*(crumbs_of(shown) if shown else back), Crumb(title)],
        "cancel_url": (crumbs_of(shown) if shown else back)[-1].url,
        "submit": _("Lưu mô hình"),
        "words": "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "practices/form.html", page, status=status)
