"""How the reader is reached: e-mail, this phone, in which language."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.comms import queries, services
from senhong.comms.connectors.push.keys import public_key
from senhong.comms.forms import MessageSettingsForm, TopicsForm
from senhong.comms.models import Channel, MessageSettings, PushSubscription, Topic
from senhong.comms.queries import CHANNELS
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
        return _settings_page(request, chosen, form=form)
    chosen = services.choose_messages(request.actor, **_initial(chosen) | form.cleaned_data)
    said = _("Đã lưu.")
    if chosen.by_email and chosen.email_confirmed_at is None:
        said = _("Đã lưu. Hãy mở thư vừa gửi đến {email} và bấm liên kết trong đó.")
    messages.success(request, said.format(email=chosen.email))
    return see_other("comms:settings")


@login_required
@require_POST
def choose_topics(request: PageRequest) -> HttpResponse:
    """What the reader gets where, and when she is left alone."""
    form = TopicsForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, queries.settings_of(request.actor.user_id), topics=form)
    wanted = request.POST.getlist("wanted")
    unwanted = queries.choices() - set(wanted)
    services.choose_topics(request.actor, unwanted=unwanted, quiet=form.quiet())
    messages.success(request, _("Đã lưu."))
    return see_other("comms:settings")


def _settings_page(
    request: PageRequest,
    chosen: MessageSettings,
    *,
    form: MessageSettingsForm | None = None,
    topics: TopicsForm | None = None,
) -> HttpResponse:
    """With the mistakes of a form (422), or as it stands."""
    hours = {"quiet_from": chosen.quiet_from, "quiet_to": chosen.quiet_to}
    page = {
        "crumbs": [Crumb(_("Tin của bạn"), reverse("comms:inbox")), Crumb(_("Cách nhận tin"))],
        "form": form or MessageSettingsForm(initial=_initial(chosen)),
        "topics_form": topics or TopicsForm(initial=hours),
        "topics": _topics(request, chosen, topics),
        "chosen": chosen,
        "has_email": bool(settings.EMAIL_URL),
        "pushes": [(each, _browser(each)) for each in queries.pushes_of(request.actor)],
        "push_key": public_key(),
    }
    is_wrong = any(each is not None and each.is_bound for each in (form, topics))
    return render(request, "comms/settings.html", page, status=422 if is_wrong else 200)


@dataclass(frozen=True, slots=True)
class TopicBox:
    """Whether a topic is wanted on a channel; some cannot be done without."""

    name: str  # "deadline:email"
    label: str | Promise
    is_wanted: bool
    is_optional: bool

    @property
    def id(self) -> str:
        return self.name.replace(":", "-")


def _topics(
    request: PageRequest, chosen: MessageSettings, typed: TopicsForm | None
) -> list[tuple[str, list[TopicBox]]]:
    """By topic, a box for each channel; as they were ticked, where a form came back."""
    optional = queries.choices()
    wanted = set(request.POST.getlist("wanted")) if typed else optional - set(chosen.unwanted)
    kinds = {Channel.IN_APP: Channel.IN_APP.label} | {
        name: kind.label for name, kind in CHANNELS.items() if kind.is_open()
    }
    return [
        (
            str(topic.label),
            [
                TopicBox(name, label, name in wanted, name in optional)
                for name, label in ((f"{topic}:{kind}", label) for kind, label in kinds.items())
            ],
        )
        for topic in Topic
    ]


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
