"""Taking up a practice, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import DomainError, Forbidden, IdReused, NotFound
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import unit_names
from senhong.practices import queries, services
from senhong.practices.forms import AdoptForm
from senhong.practices.models import Practice
from senhong.practices.views.practice import crumbs_of
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the practice's page, or with the form and its mistakes (422)."""
    actor, shown = request.actor, queries.get_practice(request.actor, id)
    actor.require_somewhere("practice.edit")
    initial = {"id": uuid7(), "adopted_on": clock.today()}
    units = _units(actor, shown, is_asked=request.method != "POST")
    form = AdoptForm(request.POST or None, units=units, initial=initial)
    if form.is_bound and form.is_valid() and _adopted(request, shown, form):
        messages.success(request, _("Đã ghi: {unit} áp dụng mô hình này.").format(
            unit=form.adopter.title
        ))  # fmt: skip
        return see_other("practices:practice", shown.pk)
    title = _("Áp dụng mô hình này")
    page = {
        "form": form,
        "title": title,
        "crumbs": [*crumbs_of(shown), Crumb(title)],
        "cancel_url": crumbs_of(shown)[-1].url,
        "submit": _("Ghi là đã áp dụng"),
        "words": _("Mỗi đơn vị được tính một lần vào chỉ tiêu “Mô hình được áp dụng”."),
        "is_empty": not units,
    }
    return render(request, "practices/form.html", page, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PageRequest, id: UUID) -> HttpResponse:
    """Asks once; then the figure is as if the unit had never adopted."""
    adoption = queries.get_adoption(request.actor, id)
    request.actor.require("practice.edit", at=adoption.unit.path)
    shown = adoption.practice
    if request.method == "POST":
        services.withdraw_adoption(request.actor, adoption)
        messages.success(request, _("Đã rút lại. Số liệu đã trừ đi lần này."))
        return see_other("practices:practice", shown.pk)
    title = _("Rút lại lần áp dụng")
    page = {
        "adoption": adoption,
        "practice": shown,
        "title": title,
        "crumbs": [*crumbs_of(shown), Crumb(title)],
        "cancel_url": crumbs_of(shown)[-1].url,
    }
    return render(request, "practices/withdraw.html", page)


def _units(actor: Actor, shown: Practice, *, is_asked: bool) -> list[tuple[Unit, str]]:
    """The units to choose from. One that has adopted stays among them while the form is read:
    whoever sends it twice is told the same twice."""
    today = as_day(clock.today())
    found = queries.units_to_adopt(actor, shown if is_asked else None, today)
    names = unit_names(found)
    return [(unit, names[unit.pk]) for unit in found]


def _adopted(request: PageRequest, shown: Practice, form: AdoptForm) -> bool:
    """Whether it was recorded; the rule that was not met is said in the form."""
    told = form.cleaned_data
    try:
        services.adopt_practice(
            request.actor, told["id"], shown,
            unit=form.adopter, adopted_on=told["adopted_on"], note=told["note"],
        )  # fmt: skip
    except (Forbidden, NotFound, IdReused):
        raise
    except DomainError as mistake:
        form.add_error("adopted_on" if mistake.status == 422 else "unit", str(mistake))
        return False
    return True
