"""How these pages ask: the same form page."""

from dataclasses import dataclass

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from senhong.org.models import Unit
from senhong.org.queries import unit_names
from senhong.web.http import PageRequest


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a page with one form says around it."""

    title: str
    submit: str
    cancel_url: str
    unit: Unit
    lead: str = ""


def ask(request: PageRequest, form: Form, asked: Asked) -> HttpResponse:
    """The form, empty or with its mistakes (422)."""
    [unit_name] = unit_names([asked.unit]).values()
    page = {"form": form, "asked": asked, "unit_name": unit_name}
    return render(request, "people/form.html", page, status=422 if form.is_bound else 200)
