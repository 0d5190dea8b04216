"""What the pages of activities share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.activities import queries
from senhong.activities.models import (
    Activity,
    ActivityKind,
    ActivityState,
    HelpState,
    ParticipantState,
)
from senhong.web.components import Crumb, Option, Tone
from senhong.web.http import PageRequest

STATE_TONES: dict[str, Tone] = {
    ActivityState.PLANNED: "not-begun",
    ActivityState.RUNNING: "on-pace",
    ActivityState.CLOSED: "reached",
    ActivityState.CANCELLED: "behind",
    HelpState.COUNTED: "reached",
    HelpState.WAITING: "on-pace",
    HelpState.RETURNED: "behind",
    HelpState.CORRECTED: "neutral",
    HelpState.WITHDRAWN: "behind",
    ParticipantState.SIGNED_UP: "on-pace",
    ParticipantState.CONFIRMED: "on-pace",
    ParticipantState.WAITING: "not-begun",
    ParticipantState.PRESENT: "reached",
    ParticipantState.LEFT: "reached",
    ParticipantState.NO_SHOW: "behind",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a page with one form says around it."""

    title: str
    submit: str
    cancel_url: str
    crumbs: list[Crumb]
    lead: str = ""
    counted: str = ""  # what posts what
    tone: str = ""
    ways: Sequence[Option] = ()  # with what to begin


def ask(request: PageRequest, form: Form, asked: Asked) -> HttpResponse:
    """The form, empty or with its mistakes (422)."""
    page = {"form": form, "asked": asked}
    return render(request, "activities/form.html", page, status=422 if form.is_bound else 200)


def page_of(activity: Activity) -> str:
    return reverse("activities:activity", args=[activity.pk])


def crumbs_to(activity: Activity | None = None, here: str = "") -> list[Crumb]:
    """From the list to the activity, and on to a page of it."""
    crumbs = [Crumb(_("Hoạt động"), reverse("activities:activities"))]
    if activity is not None:
        crumbs.append(Crumb(activity.name, page_of(activity) if here else ""))
    return [*crumbs, Crumb(here)] if here else crumbs


def counting_words(activity: Activity) -> str:
    """What closing counts, in words beside the button."""
    return f"{_of_closing(activity)} {_HELP_COUNTS[queries.help_counts_in(activity)]}"


def _of_closing(activity: Activity) -> str:
    if activity.kind == ActivityKind.SORTIE:
        return _(
            "Kết thúc thì tính 1 hoạt động và 1 lượt ra quân cho đơn vị của tổ chủ trì, và mỗi "
            "người có mặt là 1 lượt cho đơn vị của tổ người ấy."
        )
    return _(
        "Kết thúc thì tính 1 hoạt động cho đơn vị của tổ chủ trì, và mỗi người có mặt là 1 lượt "
        "cho đơn vị của tổ người ấy."
    )


_HELP_COUNTS = {
    queries.HelpCounts.AT_ONCE: gettext_lazy("Lượt hỗ trợ đã tính ngay khi ghi."),
    queries.HelpCounts.AFTER_ACCEPTANCE: gettext_lazy(
        "Lượt hỗ trợ chỉ được tính sau khi người phụ trách duyệt."
    ),
    queries.HelpCounts.MIXED: gettext_lazy(
        "Lượt hỗ trợ tính ngay khi ghi; ở đơn vị chỉ tính sau khi duyệt thì tính khi được duyệt."
    ),
}
