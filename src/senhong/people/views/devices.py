"""Phones of those for whom one answers: seen, signed out, replaced."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from senhong.accounts.models import Device
from senhong.people import queries, services
from senhong.people.forms import OnceForm
from senhong.web.browsers import way_out
from senhong.web.http import PageRequest, see_other
from senhong.web.qr import qr_svg


@login_required
@require_safe
def devices(request: PageRequest) -> HttpResponse:
    """Phones that are signed in, of the reader's team or unit."""
    request.actor.require_somewhere("device.edit")
    found = queries.devices_in_reach(request.actor)
    page = {"people": _by_person(found), "number": len(found), "back": request.path}
    return render(request, "people/devices.html", page)


@login_required
@require_POST
def sign_out(request: PageRequest, id: UUID) -> HttpResponse:
    """The phone is signed out at its next sending; what waits on it stays there."""
    services.sign_out_device(request.actor, queries.get_device(request.actor, id))
    messages.success(request, _("Đã đăng xuất máy ấy."))
    return see_other("people:devices")


@never_cache
@login_required
@require_POST
def give_link(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with a one-time link for a new phone, shown once."""
    member = queries.get_member(request.actor, id)
    form = OnceForm(request.POST)
    if not form.is_valid():
        return see_other("people:member", member.pk)
    secret = services.give_link(request.actor, form.cleaned_data["id"], member)
    out = way_out(request, reverse("people:open-field", args=[secret]))
    page = {
        "who": member.full_name,
        "out": out,
        "qr": qr_svg(out.address, _("Mã QR của liên kết đăng nhập")),
        "back_url": reverse("people:member", args=[member.pk]),
    }
    return render(request, "accounts/link.html", page, status=201)


def _by_person(devices: list[Device]) -> list[dict[str, object]]:
    """Each person once, with her phones."""
    people: dict[int, dict[str, object]] = {}
    for device in devices:
        user = device.user
        person = people.setdefault(
            user.pk, {"user": user, "member": getattr(user, "member", None), "devices": []}
        )
        person["devices"].append(device)  # type: ignore[attr-defined]  # a list
    return list(people.values())
