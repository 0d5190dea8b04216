"""Plans activities and moves them through their states up to cancelling."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from senhong.activities.errors import (
    ActivityCancelled,
    ActivityClosed,
    ActivityNotBegun,
    CancelHoursOutOfRange,
    EverydayNotPlanned,
    HelpBeforeActivity,
    NameMissing,
    PersonalNumber,
    PlaceNotStanding,
    ReasonMissing,
    SeatsOutOfRange,
    SeatsTaken,
    TeamHasRecords,
    TeamNotStanding,
)
from senhong.activities.facts import ActivityFacts
from senhong.activities.hours import check_hours
from senhong.activities.models import (
    MOST_CANCEL_HOURS,
    MOST_SEATS,
    Activity,
    ActivityKind,
    ActivityState,
    Help,
    Participant,
    ParticipantState,
)
from senhong.activities.privacy import has_personal_number
from senhong.activities.services.moving import promote
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.errors import IdReused
from senhong.core.text import is_blank, nfc
from senhong.people.models import Team


@transaction.atomic
def plan_activity(actor: Actor, id: UUID, facts: ActivityFacts) -> Activity:
    """Put an activity on the lead team's calendar; also one that has already taken place.

    The same id with the same facts returns the first row. Raises Forbidden, IdReused and the
    rules of ``check_plan``.
    """
    actor.require("activity.edit", at=facts.lead_team.path)
    known = Activity.objects.prefetch_related("teams", "partners").filter(pk=id).first()
    if known is None:
        check_plan(facts)
        columns = facts.columns | {"state": ActivityState.PLANNED}
        known, created = Activity.objects.get_or_create(id=id, defaults=columns)
        if created:
            _set_company(known, facts)
            day = as_day(known.first_on)
            happened(actor, "activity.planned", known, kind=facts.kind, day=day)
            return known
    if not facts.are_those_of(known):
        raise IdReused(id=str(id))
    return known


@transaction.atomic
def change_activity(actor: Actor, activity: Activity, facts: ActivityFacts) -> Activity:
    """Say anew what is planned, while the activity is neither closed nor cancelled.

    Who waits moves up where seats are added. Raises Forbidden, ActivityClosed, ActivityCancelled,
    TeamHasRecords, HelpBeforeActivity, SeatsTaken and what planning raises.
    """
    for team in {activity.lead_team, facts.lead_team}:
        actor.require("activity.edit", at=team.path)
    activity = held(activity)
    check_open(activity)
    if facts.are_those_of(activity):
        return activity
    if activity.is_everyday:
        raise EverydayNotPlanned()
    check_plan(facts)
    _check_records(activity, facts)
    moved = _is_moved(activity, facts)
    for name, value in facts.columns.items():
        setattr(activity, name, value)
    if activity.first_on > clock.today():
        activity.state = ActivityState.PLANNED  # it was moved to a day that is still to come
    activity.save(update_fields=["state", *facts.columns])
    _set_company(activity, facts)
    day = as_day(activity.first_on)
    happened(actor, "activity.changed", activity, kind=facts.kind, day=day, moved=moved)
    promote(actor, activity)
    return activity


def _is_moved(activity: Activity, facts: ActivityFacts) -> bool:
    """Whether who was told when and where must be told anew."""
    names = ("starts_at", "ends_at", "place_unit", "place_text", "lat", "lon")
    return any(getattr(activity, name) != facts.columns[name] for name in names)


@transaction.atomic
def start_activity(actor: Actor, activity: Activity, *, at: datetime | None = None) -> Activity:
    """The team is there. Starting what runs changes nothing.

    at  when the leader said so, where a phone brings it later; none: now.
    Raises Forbidden, ActivityClosed, ActivityCancelled, ActivityNotBegun on an earlier day.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    check_open(activity)
    if activity.state == ActivityState.RUNNING:
        return activity
    if activity.first_on > clock.today():
        raise ActivityNotBegun(activity=activity.name, starts_at=activity.starts_at)
    set_state(activity, ActivityState.RUNNING, at=at)
    happened(actor, "activity.started", activity)
    return activity


def held(activity: Activity) -> Activity:
    """The activity as it is now, held until the transaction ends.

    Closing, cancelling and marking who is present must not overlap: each counts what the
    others write. SQLite has one writer and needs nothing.
    """
    rows = Activity.objects.select_for_update(of=("self",)).select_related("lead_team__unit")
    return rows.get(pk=activity.pk)


def check_open(activity: Activity) -> None:
    if activity.state == ActivityState.CLOSED:
        raise ActivityClosed(activity=activity.name)
    if activity.is_cancelled:
        raise ActivityCancelled(activity=activity.name)


def checked_reason(reason: str) -> str:
    """The reason, tidied; raises ReasonMissing, PersonalNumber."""
    if is_blank(reason):
        raise ReasonMissing()
    if has_personal_number(reason):
        raise PersonalNumber()
    return nfc(reason)


def set_state(
    activity: Activity, state: ActivityState, *, at: datetime | None = None, **also: object
) -> None:
    """At that time, but never later than now: a phone's clock may run ahead; none: now."""
    now = clock.now()
    changed = {"state": state, "state_at": min(at or now, now), **also}
    for name, value in changed.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(changed))


def check_plan(facts: ActivityFacts) -> None:
    """The rules that any plan of an activity meets."""
    if facts.kind == ActivityKind.EVERYDAY:
        raise EverydayNotPlanned()
    _check_texts(facts)
    _check_seats(facts)
    check_hours(facts.starts_at, facts.ends_at)
    day = as_day(clock.date_of(facts.starts_at))
    place = facts.place_unit
    if not place.from_day <= day < place.to_day:
        raise PlaceNotStanding(place=place.title, day=as_date(day))
    _check_standing((facts.lead_team, *facts.teams), day)


def _check_texts(facts: ActivityFacts) -> None:
    if is_blank(facts.name):
        raise NameMissing()
    if has_personal_number(facts.name) or has_personal_number(facts.place_text):
        raise PersonalNumber()


def _check_seats(facts: ActivityFacts) -> None:
    if facts.seats is not None and not 1 <= facts.seats <= MOST_SEATS:
        raise SeatsOutOfRange(most=MOST_SEATS)
    if not 0 <= facts.cancel_hours <= MOST_CANCEL_HOURS:
        raise CancelHoursOutOfRange(most=MOST_CANCEL_HOURS)


def _check_standing(teams: Iterable[Team], day: int) -> None:
    for team in teams:
        if not team.from_day <= day < team.to_day:
            raise TeamNotStanding(day=as_date(day))


def _set_company(activity: Activity, facts: ActivityFacts) -> None:
    activity.teams.set({team for team in facts.teams if team != facts.lead_team})
    activity.partners.set(facts.partners)


def _check_records(activity: Activity, facts: ActivityFacts) -> None:
    """What is recorded in the activity still fits it, and whoever holds a seat keeps it."""
    taken = Participant.objects.filter(activity=activity).seated().count()
    if facts.seats is not None and facts.seats < min(taken, activity.seats or taken):
        raise SeatsTaken(taken=taken)
    staying = {facts.lead_team.pk, *(team.pk for team in facts.teams)}
    helps = Help.objects.filter(activity=activity)
    present = Participant.objects.filter(activity=activity).exclude(
        state=ParticipantState.CANCELLED
    )
    named = Team.objects.filter(pk__in=helps.values("team")) | Team.objects.filter(
        pk__in=present.values("team")
    )
    gone = named.exclude(pk__in=staying).first()
    if gone is not None:
        raise TeamHasRecords(team=gone.name)
    earliest: date | None = helps.aggregate(day=Min("given_on"))["day"]
    if earliest and earliest < clock.date_of(facts.starts_at):
        raise HelpBeforeActivity(given_on=earliest)
