"""What a phone takes along: the coming activities of a person's own teams, with her part."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from senhong.activities.checking import key_text
from senhong.activities.models import (
    SEATED,
    Activity,
    ActivityKind,
    ActivityState,
    Participant,
    ParticipantState,
)
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.places import place_at
from senhong.people.models import Membership, MembershipRole

_MOST = 200
Point = tuple[float, float]  # degrees north, degrees east


@dataclass(frozen=True, slots=True)
class SortiePerson:
    """One line of a sortie's list, for its leader."""

    member_id: UUID
    name: str
    team_id: UUID
    state: ParticipantState


@dataclass(frozen=True, slots=True, kw_only=True)
class Sortie:
    """An activity as a phone keeps it."""

    id: UUID
    kind: ActivityKind
    name: str
    state: ActivityState
    team_ids: tuple[UUID, ...]  # the lead team first
    lead_team_id: UUID
    place: str
    point: Point | None
    starts_at: datetime
    ends_at: datetime
    seats: int | None  # none: no limit
    taken: int
    waiting: int
    mine: ParticipantState | None
    may_lead: bool
    leader_name: str
    participants: tuple[SortiePerson, ...] | None  # only for who may lead
    check_in_key: str | None  # base64 of 16 bytes; only for who may lead


def sorties_of(actor: Actor, first_day: int, last_day: int) -> list[Sortie]:
    """Activities of the days (both included) of the person's own teams, soonest first.

    Own are the teams in which she is, or waits to be taken in, and those of activities in which
    she takes part. At most 200. At most six queries, whatever is in them.
    """
    activities = _activities(actor, first_day, last_day)
    ids = [activity.pk for activity in activities]
    led = [one.pk for one in activities if actor.can("activity.edit", at=one.lead_team.path)]
    counts, mine = _counts(ids), _mine(actor, ids)
    people, leaders = _people(led), _leaders(activities)
    return [
        Sortie(
            id=one.pk,
            kind=ActivityKind(one.kind),
            name=one.name,
            state=ActivityState(one.state),
            team_ids=(one.lead_team_id, *(team.pk for team in one.teams.all())),
            lead_team_id=one.lead_team_id,
            place=" · ".join(filter(None, [one.place_text, one.place_unit.title])),
            point=None if one.lat is None or one.lon is None else (one.lat, one.lon),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            seats=one.seats,
            taken=counts[one.pk][0],
            waiting=counts[one.pk][1],
            mine=mine.get(one.pk),
            may_lead=one.pk in led,
            leader_name=leaders.get(one.lead_team_id, ""),
            participants=tuple(people[one.pk]) if one.pk in led else None,
            check_in_key=_key(one) if one.pk in led else None,
        )
        for one in activities
    ]


def _activities(actor: Actor, first_day: int, last_day: int) -> list[Activity]:
    from_at = clock.start_of(as_date(first_day))
    until = clock.start_of(as_date(last_day) + timedelta(days=1))
    teams = own_team_ids(actor)
    joined = Activity.teams.through.objects.filter(team__in=teams).values("activity")
    mine = Participant.objects.filter(member__user=actor.user_id, member__user__isnull=False)
    own = Q(lead_team__in=teams) | Q(pk__in=joined) | Q(pk__in=mine.values("activity"))
    found = Activity.objects.visible_to(actor).filter(
        own, starts_at__lt=until, ends_at__gte=from_at
    )
    found = found.select_related("lead_team__unit", "place_unit").prefetch_related("teams")
    return list(found.order_by("starts_at", "pk")[:_MOST])


def own_team_ids(actor: Actor) -> set[UUID]:
    """Teams at which, and not only at whose unit, the person may see activities. No query."""
    places = [place_at(grant.path) for grant in actor.grants if grant.verb == "activity.view"]
    return {place.team for place in places if place.team is not None}


def _counts(ids: Collection[UUID]) -> defaultdict[UUID, tuple[int, int]]:
    """Seats that are taken, and how many wait."""
    rows = (
        Participant.objects.filter(activity__in=ids)
        .values("activity_id")
        .annotate(
            taken=Count("pk", filter=Q(state__in=SEATED)),
            waiting=Count("pk", filter=Q(state=ParticipantState.WAITING)),
        )
    )
    none: defaultdict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    none.update({row["activity_id"]: (row["taken"], row["waiting"]) for row in rows})
    return none


def _mine(actor: Actor, ids: Collection[UUID]) -> dict[UUID, ParticipantState]:
    if actor.user_id is None:
        return {}
    rows = Participant.objects.filter(activity__in=ids, member__user=actor.user_id)
    return {id: ParticipantState(state) for id, state in rows.values_list("activity_id", "state")}


def _people(ids: Collection[UUID]) -> defaultdict[UUID, list[SortiePerson]]:
    people: defaultdict[UUID, list[SortiePerson]] = defaultdict(list)
    rows = Participant.objects.filter(activity__in=ids).exclude(state=ParticipantState.CANCELLED)
    for one in rows.select_related("member").order_by("member__sort_key", "pk"):
        state = ParticipantState(one.state)
        person = SortiePerson(one.member_id, one.member.full_name, one.team_id, state)
        people[one.activity_id].append(person)
    return people


def _leaders(activities: Sequence[Activity]) -> dict[UUID, str]:
    """Who leads each lead team today; the first by given name where there are several."""
    today = as_day(clock.today())
    rows = Membership.objects.standing(today).filter(
        team__in={one.lead_team_id for one in activities}, role=MembershipRole.LEADER
    )
    leaders: dict[UUID, str] = {}
    for place in rows.select_related("member").order_by("member__sort_key", "pk"):
        leaders.setdefault(place.team_id, place.member.full_name)
    return leaders


def _key(activity: Activity) -> str | None:
    return key_text(bytes(activity.check_in_key)) if activity.check_in_key else None
