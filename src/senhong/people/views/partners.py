"""The partners that a unit keeps: departments, banks, telcos."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.core import clock
from senhong.core.days import as_day
from senhong.org.models import Partner, Unit
from senhong.org.queries import shown_period
from senhong.org.services import add_partner, end_partner
from senhong.people import queries
from senhong.people.forms import PartnerForm
from senhong.people.views.units import asked_unit, frame
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: PageRequest) -> HttpResponse:
    """The partners that a unit keeps, and a form to add one."""
    unit = asked_unit(request)
    if unit is None:
        return render(request, "people/nowhere.html")
    request.actor.require("partner.edit", at=unit.path)
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        add_partner(request.actor, form.cleaned_data["id"], unit=unit, **form.read())
        messages.success(request, _("Đã thêm đối tác."))
        return see_other(_page(unit))
    kept = queries.partners_at(request.actor, unit)
    page = frame(request, unit, "people:partners") | {
        "form": form,
        "lines": [_line(partner) for partner in kept],
    }
    return render(request, "people/partners.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def end(request: PageRequest, id: UUID) -> HttpResponse:
    """From today on the partner is not offered any more; what it did stays."""
    partner = queries.get_partner(request.actor, id)
    end_partner(request.actor, partner, on=clock.today())
    messages.success(request, _("Đã ghi thôi phối hợp."))
    return see_other(_page(partner.unit))


def _line(partner: Partner) -> dict[str, object]:
    return {
        "partner": partner,
        "period": shown_period(partner.from_day, partner.to_day),
        "may_end": partner.to_day > as_day(clock.today()),
    }


def _page(unit: Unit) -> str:
    return f"{reverse('people:partners')}?unit={unit.key}"
