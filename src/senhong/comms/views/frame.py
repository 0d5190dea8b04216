"""What the pages of messages share."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from senhong.comms.queries import hears_of_failures
from senhong.web.components import Option
from senhong.web.http import PageRequest


def ways(request: PageRequest) -> list[Option]:
    """Received, sent, not arrived; nothing to choose for whom there is only the first."""
    urls = {_("Đã nhận"): reverse("comms:inbox")}
    if request.actor.can_somewhere("reminder.send"):
        urls[_("Đã gửi")] = reverse("comms:sent")
    if hears_of_failures(request.actor):
        urls[_("Không gửi được")] = reverse("comms:given-up")
    if len(urls) == 1:
        return []
    return [Option(label, url, url == request.path) for label, url in urls.items()]


def after_of(request: PageRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
