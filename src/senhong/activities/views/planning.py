"""Plan an activity, and say anew what is planned."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from senhong.activities import queries, services
from senhong.activities.forms import ActivityForm, Choices
from senhong.activities.models import Activity
from senhong.activities.participant_forms import SeriesForm
from senhong.activities.telling import hours
from senhong.activities.views.frame import Asked, ask, crumbs_to, page_of
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.people.models import Team
from senhong.people.queries import get_team
from senhong.plans.queries import plan_choices
from senhong.web.components import Crumb, Option
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_activity(request: PageRequest) -> HttpResponse:
    """First whose activity it is, where there is a choice; then the rest."""
    request.actor.require_somewhere("activity.edit")
    today = as_day(clock.today())
    teams = queries.teams_to_act_for(request.actor, "activity.edit", today)
    team = _chosen(request, teams)
    if team is None:
        page = {"teams": teams, "crumbs": crumbs_to(here=_("Thêm hoạt động"))}
        return render(request, "activities/whose.html", page)
    like = _like(request)
    form = ActivityForm(
        request.POST or None,
        choices=_choices(request.actor, team, today, like),
        initial=_of(like) or _of_template(request),
    )
    if not form.is_valid():
        asked = _asked(_("Thêm hoạt động"), team, crumbs_to(here=team.name))
        return ask(request, form, replace(asked, ways=_ways(request, team)))
    facts = form.read()
    activity = services.plan_activity(request.actor, form.cleaned_data["id"], facts)
    messages.success(request, _("Đã thêm hoạt động."))
    return see_other(page_of(activity))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_activity(request: PageRequest, id: UUID) -> HttpResponse:
    activity = queries.get_activity(request.actor, id)
    team = activity.lead_team
    request.actor.require("activity.edit", at=team.path)
    choices = _choices(request.actor, team, as_day(activity.first_on), activity)
    form = ActivityForm(request.POST or None, choices=choices, initial=ActivityForm.of(activity))
    if not form.is_valid():
        crumbs = crumbs_to(activity, _("Sửa"))
        return ask(request, form, _asked(_("Sửa hoạt động"), team, crumbs, page_of(activity)))
    services.change_activity(request.actor, activity, form.read())
    messages.success(request, _("Đã lưu."))
    return see_other(page_of(activity))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_series(request: PageRequest, id: UUID) -> HttpResponse:
    """The same again, week after week."""
    activity = queries.get_activity(request.actor, id)
    request.actor.require("activity.edit", at=activity.lead_team.path)
    form = SeriesForm(request.POST or None)
    if not form.is_valid():
        asked = Asked(
            title=_("Lặp lại hằng tuần"),
            submit=_("Thêm vào lịch"),
            cancel_url=page_of(activity),
            crumbs=crumbs_to(activity, _("Lặp lại")),
            lead=f"{activity.name} · {hours(activity)}",
            counted=_("Mỗi buổi là một hoạt động riêng: sửa, hủy, đăng ký từng buổi."),
        )
        return ask(request, form, asked)
    made = services.plan_series(
        request.actor,
        form.cleaned_data["id"],
        activity,
        times=form.cleaned_data["times"],
        until=form.cleaned_data["until"],
    )
    said = ngettext("Đã thêm {number} hoạt động.", "Đã thêm {number} hoạt động.", len(made))
    messages.success(request, said.format(number=len(made)))
    return see_other(f"{reverse('activities:calendar')}?team={activity.lead_team_id}")


def _like(request: PageRequest) -> Activity | None:
    """The activity that is to be planned again, where the address names one."""
    try:
        id = UUID(request.GET.get("like", ""))
    except ValueError:
        return None
    return queries.get_activity(request.actor, id)


def _of(like: Activity | None) -> dict[str, object]:
    """What it says, without its day: that is to be chosen."""
    if like is None:
        return {}
    said = ActivityForm.of(like)
    return {name: value for name, value in said.items() if name not in {"on", "until"}}


def _of_template(request: PageRequest) -> dict[str, object]:
    """What a saved plan says, where the address names one."""
    try:
        id = UUID(request.GET.get("template", ""))
    except ValueError:
        return {}
    template = queries.get_template(request.actor, id)
    names = ("kind", "name", "place_text", "starts", "ends", "seats", "cancel_hours")
    return {name: getattr(template, name) for name in names}


def _ways(request: PageRequest, team: Team) -> list[Option]:
    """To begin with nothing, or with a saved plan."""
    templates = queries.templates_for(team)
    chosen = request.GET.get("template", "")
    if not templates:
        return []
    ways = [Option(_("Trang trắng"), f"?team={team.pk}", not chosen)]
    return ways + [
        Option(one.title, f"?team={team.pk}&template={one.pk}", chosen == str(one.pk))
        for one in templates
    ]


def _chosen(request: PageRequest, teams: list[Team]) -> Team | None:
    if len(teams) == 1:
        return teams[0]
    try:
        return get_team(request.actor, UUID(request.GET.get("team", "")))
    except ValueError:
        return None


def _choices(actor: Actor, team: Team, day: int, activity: Activity | None = None) -> Choices:
    actor.require("activity.edit", at=team.path)
    plans = plan_choices(actor)
    if activity and activity.plan and activity.plan not in plans:
        plans = [activity.plan, *plans]
    return Choices(
        lead=team,
        beside=queries.teams_beside(actor, team, day),
        places=queries.places_for(team, day),
        plans=plans,
        partners=queries.partners_of(actor, team, day),
    )


def _asked(title: str, team: Team, crumbs: list[Crumb], back: str = "/activities/") -> Asked:
    return Asked(
        title=title,
        submit=_("Lưu"),
        cancel_url=back,
        crumbs=crumbs,
        lead=f"{team.name} · {team.unit.title}",
        counted=_(
            "Hoạt động được tính khi kết thúc, vào ngày bắt đầu, cho đơn vị của tổ chủ trì. Lượt "
            "ra quân tính thêm một lượt ra quân; cấp tỉnh tính thêm một hoạt động cấp tỉnh."
        ),
    )
