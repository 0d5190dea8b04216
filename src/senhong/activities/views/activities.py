"""The list of activities, and one activity."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from senhong.activities import queries
from senhong.activities.models import Activity, ActivityKind, Participant
from senhong.activities.queries import HelpLine, Wanted, When
from senhong.activities.telling import hours, place
from senhong.activities.views.frame import (
    STATE_TONES,
    counting_words,
    crumbs_to,
)
from senhong.activities.views.partners import partner_table
from senhong.activities.views.review import review_url
from senhong.core.days import FIRST_DAY, LAST_DAY, as_day, day_after, day_written
from senhong.core.ids import uuid7
from senhong.ledger.definitions import definition_within
from senhong.ledger.queries import indicators, versions_of
from senhong.org.models import Partner
from senhong.org.queries import get_unit, shown_period
from senhong.people.models import Team
from senhong.people.queries import get_team
from senhong.plans.queries import get_plan
from senhong.web.components import Cell, Column, Fact, FigureCard, Option, Row, Table
from senhong.web.http import PageRequest

_WHEN = {
    When.TODAY: gettext_lazy("Hôm nay"),
    When.UPCOMING: gettext_lazy("Sắp tới"),
    When.PAST: gettext_lazy("Đã qua"),
}


@login_required
@require_safe
def activities(request: PageRequest) -> HttpResponse:
    """Activities the reader may see: of today, to come, past; narrowed by what the address says."""
    wanted = _wanted(request)
    found = queries.activities_of(
        request.actor, wanted, seen_on=request.reading_on(), after=_uuid(request, "after")
    )
    page = {
        "found": [(one, hours(one), STATE_TONES[one.state]) for one in found.items],
        "when": [
            Option(word, _address(request, when=when), wanted.when == when)
            for when, word in _WHEN.items()
        ]
        + [Option(_("Tất cả"), _address(request, when="all"), wanted.when is None)],
        "kinds": _kinds(request, wanted),
        "scope": wanted.unit or wanted.team or wanted.plan,
        "period": _period(wanted),
        "calendar_url": _calendar(request),
        "next_url": _address(request, when=wanted.when, after=found.next) if found.next else "",
        "may_plan": request.actor.can_somewhere("activity.edit"),
    }
    return render(request, "activities/activities.html", page)


@login_required
@require_safe
def activity(request: PageRequest, id: UUID) -> HttpResponse:
    """When, where, who; what was counted; help, those present, and what can be done now."""
    found = queries.get_activity(request.actor, id)
    helps = queries.helps_of(request.actor, found, after=_uuid(request, "after"))
    place, teams = found.lead_team.path, queries.recording_teams(request.actor, found)
    part = queries.part_of(request.actor, found)
    may_edit = request.actor.can("activity.edit", at=place) and not found.is_everyday
    page = {
        "activity": found,
        "crumbs": crumbs_to(found),
        "hours": hours(found),
        "tone": STATE_TONES[found.state],
        "facts": _facts(found),
        "last": _uuid(request, "last"),
        "cards": _cards(found, queries.activity_figures(found)),
        "helps": _help_table(helps.items),
        "next_url": f"?after={helps.next}" if helps.next else "",
        "partners": partner_table(found),
        "present": _present_table(queries.participants_of(request.actor, found)),
        "part": part,
        "my_tone": STATE_TONES.get(part.participant.state, "") if part.participant else "",
        "seats": queries.seats_of(found),
        "act": uuid7(),
        "may_view": request.actor.can("member.view", at=place),
        "may_edit": may_edit,
        "waiting": queries.waiting_in(found.pk),
        "review_url": review_url(request.actor, found.lead_team),
        "may_record": bool(teams) and not found.is_cancelled,
        "counts": counting_words(found) if may_edit and found.is_open else "",
    }
    return render(request, "activities/activity.html", page)


def wanted_of(request: PageRequest, *, first: date, last: date) -> Wanted:
    """What the address narrows the days to."""
    return replace(_wanted(request), when=None, first=first, last=last)


def _wanted(request: PageRequest) -> Wanted:
    asked = request.GET
    plan, team = _uuid(request, "plan"), _uuid(request, "team")
    scoped = bool(asked.get("unit") or team or plan)
    when = asked.get("when", "all" if scoped else When.TODAY)
    kind = asked.get("kind", "")
    return Wanted(
        unit=get_unit(request.actor, asked["unit"]) if asked.get("unit") else None,
        team=get_team(request.actor, team) if team else None,
        plan=get_plan(request.actor, plan) if plan else None,
        kind=ActivityKind(kind) if kind in ActivityKind.values else None,
        when=When(when) if when in list(When) else None,
        first=_day(request, "from"),
        last=_day(request, "to"),
    )


def _kinds(request: PageRequest, wanted: Wanted) -> list[Option]:
    options = [Option(_("Mọi loại"), _address(request, kind=""), wanted.kind is None)]
    return options + [
        Option(kind.label, _address(request, kind=kind.value), wanted.kind == kind)
        for kind in ActivityKind
    ]


def _address(request: PageRequest, **changed: object) -> str:
    """This list, asked otherwise; from its beginning."""
    names = ("unit", "team", "plan", "kind", "when", "from", "to")
    asked = {name: request.GET.get(name, "") for name in names}
    asked |= {name: str(value or "") for name, value in changed.items()}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _calendar(request: PageRequest) -> str:
    asked = {name: request.GET.get(name, "") for name in ("unit", "team", "plan", "kind")}
    said = urlencode({name: value for name, value in asked.items() if value})
    return reverse("activities:calendar") + (f"?{said}" if said else "")


def _uuid(request: PageRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _day(request: PageRequest, name: str) -> date | None:
    """A day within what every calendar and both databases know; else the list is not narrowed."""
    try:
        day = day_written(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None


def _period(wanted: Wanted) -> str:
    """The days to which the list is narrowed, in words; empty where it is not."""
    if wanted.first is None and wanted.last is None:
        return ""
    first = as_day(wanted.first) if wanted.first else FIRST_DAY
    return shown_period(first, day_after(as_day(wanted.last)) if wanted.last else LAST_DAY)


def _facts(activity: Activity) -> list[Fact]:
    lead = activity.lead_team
    facts = [
        Fact(_("Khi nào"), hours(activity)),
        Fact(_("Ở đâu"), place(activity)),
        Fact(_("Tổ chủ trì"), f"{lead.name} · {lead.unit.title}", f"/teams/{lead.pk}/"),
    ]
    if activity.teams.all():
        facts.append(Fact(_("Tổ cùng tham gia"), _names(activity.teams.all())))
    if activity.plan:
        url = reverse("plans:plan", args=[activity.plan.pk])
        facts.append(Fact(_("Thuộc"), activity.plan.name, url))
    facts.append(Fact(_("Quy mô"), activity.get_level_display()))
    if activity.present_number is not None:
        words = _("{number} người, {reason}")
        said = words.format(number=activity.present_number, reason=activity.present_reason)
        facts.append(Fact(_("Có mặt"), said))
    if activity.is_cancelled:
        facts.append(Fact(_("Lý do hủy"), activity.cancel_reason))
    return facts


def _names(rows: Iterable[Team | Partner]) -> str:
    return ", ".join(row.name for row in rows)


def _cards(activity: Activity, figures: dict[str, int]) -> list[FigureCard]:
    """What the ledger counts for the activity, each with its definition of those days."""
    counted = indicators(figures)
    versions = versions_of(counted)
    days = as_day(activity.first_on), as_day(activity.last_on)
    return [
        FigureCard(
            name=indicator.title,
            value=figures[indicator.code],
            measure=indicator.measure,
            definition=definition_within(indicator, f"counts-{indicator.pk}", versions, *days),
        )
        for indicator in counted
    ]


def _help_table(lines: Sequence[HelpLine]) -> Table:
    columns = [Column(_("Việc được giúp")), Column(_("Số lượng"), numeric=True)]
    columns += [Column(_("Ai")), Column(_("Ngày")), Column(_("Tình trạng"))]
    rows = [_help_row(line) for line in lines]
    return Table(_("Lượt hỗ trợ"), columns, rows, _("Chưa ghi lượt hỗ trợ nào."))


def _help_row(line: HelpLine) -> Row:
    help = line.help
    url = reverse("activities:help", args=[help.pk])
    note = _("việc thêm cho người đã được giúp") if line.is_further else ""
    return Row(
        [
            Cell(", ".join(line.services), url, is_header=True, note=note),
            Cell(help.people),
            Cell(help.get_helped_display()),
            Cell(help.given_on),
            Cell(help.get_state_display(), tone=STATE_TONES[help.state]),
        ],
        id=f"help-{help.pk}",
    )


def _present_table(participants: list[Participant]) -> Table:
    columns = [Column(_("Họ và tên")), Column(_("Tình trạng"))]
    rows = [
        Row(
            [
                Cell(one.member.full_name, is_header=True, note=one.team.name),
                Cell(one.get_state_display(), tone=STATE_TONES[one.state]),
            ]
        )
        for one in participants
    ]
    return Table(_("Người tham gia"), columns, rows, _("Chưa có ai trong danh sách."))
