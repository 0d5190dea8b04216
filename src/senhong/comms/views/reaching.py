"""How the reader is reached: e-mail, this phone, in which language."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.comms import queries, services
from senhong.comms.connectors.push.keys import public_key
from senhong.comms.forms import MessageSettingsForm
from senhong.comms.models import MessageSettings, PushSubscription
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other

# Whose browsers a push service serves, by the end of its name.
_BROWSERS = {
    "googleapis.com": "Chrome, Edge, Samsung",
    "mozilla.com": "Firefox",
    "apple.com": "Safari",
    "windows.com": "Edge",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_settings(request: PageRequest) -> HttpResponse:
    """In the app always; by e-mail and on this phone as the reader likes."""
    chosen = queries.settings_of(request.actor.user_id)
    form = MessageSettingsForm(request.POST or None, initial=_initial(chosen))
    if not form.is_valid():
        page = {
            "crumbs": [Crumb(_("Tin của bạn"), reverse("comms:inbox")), Crumb(_("Cách nhận tin"))],
            "form": form,
            "chosen": chosen,
            "has_email": bool(settings.EMAIL_URL),
            "pushes": [(each, _browser(each)) for each in queries.pushes_of(request.actor)],
            "push_key": public_key(),
        }
        status = 422 if form.is_bound else 200
        return render(request, "comms/settings.html", page, status=status)
    chosen = services.choose_messages(request.actor, **_initial(chosen) | form.cleaned_data)
    said = _("Đã lưu.")
    if chosen.by_email and chosen.email_confirmed_at is None:
        said = _("Đã lưu. Hãy mở thư vừa gửi đến {email} và bấm liên kết trong đó.")
    messages.success(request, said.format(email=chosen.email))
    return see_other("comms:settings")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: PageRequest, token: str) -> HttpResponse:
    """The link of the letter. A button, since mail programs open links by themselves."""
    if request.method != "POST":
        return render(request, "comms/confirm_email.html")
    services.confirm_email(request.actor, token)
    messages.success(request, _("Từ nay tin của Sen Hồng cũng đến hộp thư của bạn."))
    return see_other("comms:settings")


@login_required
@require_POST
def end_push(request: PageRequest, id: UUID) -> HttpResponse:
    """No more notes to one of the reader's phones, also one that was lost."""
    for push in queries.pushes_of(request.actor):
        if push.pk == id:
            services.end_push(request.actor, endpoint=push.endpoint)
    messages.success(request, _("Đã tắt thông báo trên máy ấy."))
    return see_other("comms:settings")


def _initial(chosen: MessageSettings) -> dict[str, Any]:
    language = queries.speaks(chosen)
    return {"by_email": chosen.by_email, "email": chosen.email, "language": language}


def _browser(push: PushSubscription) -> str:
    host = urlsplit(push.endpoint).netloc
    return next((name for end, name in _BROWSERS.items() if host.endswith(end)), host)
