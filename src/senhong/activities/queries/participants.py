"""Who takes part in an activity, who may, and who was there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from senhong.activities.errors import NotInMovement, NotMemberOfTeam, NotSignedUp
from senhong.activities.models import (
    EXPECTED,
    SEATED,
    THERE,
    Activity,
    ActivityState,
    Participant,
    ParticipantAct,
    ParticipantState,
)
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.errors import IdReused, NotFound
from senhong.people.models import Member, Membership, Team

NEAR = timedelta(hours=1)  # who goes from one activity to the next needs about so long
_MOST_WALK_INS = 20


@dataclass(frozen=True, slots=True)
class Seats:
    """How full an activity is."""

    seats: int | None  # none: no limit
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        return None if self.seats is None else max(0, self.seats - self.taken)

    @property
    def are_taken(self) -> bool:
        """Whoever signs up now has to wait: nobody passes those who wait already."""
        return self.free is not None and (self.free == 0 or self.waiting > 0)


@dataclass(frozen=True, slots=True)
class Clash:
    """Another activity of a member at the same time, or hardly an hour before or after."""

    activity: Activity
    overlaps: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in an activity, and what she can do about it."""

    participant: Participant | None
    place: int = 0  # in the waiting list, from 1 on; 0: she does not wait
    may_sign_up: bool = False
    may_cancel: bool = False
    may_confirm: bool = False
    may_check_in: bool = False


@dataclass(frozen=True, slots=True)
class Roll:
    """The members of one team on the activity's day, and who of them was present."""

    team: Team
    members: Sequence[Member]
    present: frozenset[object]  # ids of members


@dataclass(frozen=True, slots=True)
class Lists:
    """The two lists at the door: who should be here and is not yet, and who is here."""

    expected: list[Participant]
    there: list[Participant]
    waiting: list[Participant]
    missing: list[Participant]  # who was ticked as not coming


def own_member(actor: Actor) -> Member:
    """Who acts, as a member. Raises NotInMovement. One query."""
    found = Member.objects.filter(user=actor.user_id) if actor.user_id else Member.objects.none()
    member = found.first()
    if member is None:
        raise NotInMovement()
    return member


def team_for(activity: Activity, member: Member) -> Team:
    """The activity's team to which the member belongs on its day; the lead team before others.

    Raises NotMemberOfTeam. One query, and one for the teams where they are not loaded.
    """
    day = as_day(activity.first_on)
    teams: dict[UUID, Team] = {t.pk: t for t in [activity.lead_team, *activity.teams.all()]}
    places = Membership.objects.standing(day).filter(team__in=teams.keys(), member=member)
    mine = set(places.values_list("team_id", flat=True))
    found = next((team for team in teams.values() if team.pk in mine), None)
    if found is None:
        raise NotMemberOfTeam(team=activity.lead_team.name, day=as_date(day))
    return found


def seats_of(activity: Activity) -> Seats:
    """How many seats are taken, and how many wait for one. One query."""
    sums = Participant.objects.filter(activity=activity).aggregate(
        taken=Count("pk", filter=Q(state__in=SEATED)),
        waiting=Count("pk", filter=Q(state=ParticipantState.WAITING)),
    )
    return Seats(activity.seats, **sums)


def clashes_of(member: Member, activity: Activity) -> list[Clash]:
    """Her other activities that overlap this one, or are within an hour of it, by start.

    What was cancelled is none. One query.
    """
    near = Participant.objects.filter(
        member=member,
        activity__starts_at__lt=activity.ends_at + NEAR,
        activity__ends_at__gt=activity.starts_at - NEAR,
    )
    near = near.exclude(activity=activity).exclude(activity__state=ActivityState.CANCELLED)
    others = [one.activity for one in near.going().select_related("activity")]
    return [
        Clash(other, other.starts_at < activity.ends_at and other.ends_at > activity.starts_at)
        for other in sorted(others, key=lambda other: other.starts_at)
    ]


def clashes_for(actor: Actor, activity: Activity) -> list[Clash]:
    """The same for who asks; nothing for who is no member. Two queries."""
    member = Member.objects.filter(user=actor.user_id).first() if actor.user_id else None
    return clashes_of(member, activity) if member else []


def part_of(actor: Actor, activity: Activity) -> Part:
    """What the person who asks is in the activity, and what she can do. At most three queries.

    The activity was found for the actor, with its teams.
    """
    if actor.user_id is None:
        return Part(None)
    rows = Participant.objects.filter(activity=activity, member__user=actor.user_id)
    mine = rows.select_related("member", "team__unit").first()
    places = Membership.objects.standing(as_day(activity.first_on)).filter(
        team__in=[activity.lead_team, *activity.teams.all()], member__user=actor.user_id
    )
    joins = activity.is_open and places.exists()
    to_come = activity.is_open and activity.starts_at > clock.now()
    state = mine.state if mine else ""
    waits = state == ParticipantState.WAITING
    in_time = to_come if waits else clock.now() <= activity.cancel_until
    is_going = waits or state in EXPECTED
    return Part(
        mine,
        place=_place_of(mine) if mine and waits else 0,
        may_sign_up=joins and to_come and state in {"", ParticipantState.CANCELLED},
        may_cancel=is_going and activity.is_open and in_time,
        may_confirm=state == ParticipantState.SIGNED_UP and activity.is_open,
        may_check_in=joins and state not in THERE and clock.now() >= activity.starts_at - NEAR,
    )


def _place_of(one: Participant) -> int:
    waiting = Participant.objects.filter(activity=one.activity_id, state=ParticipantState.WAITING)
    before = Q(signed_up_at__lt=one.signed_up_at) | Q(signed_up_at=one.signed_up_at, pk__lt=one.pk)
    return waiting.filter(before).count() + 1


def participants_of(actor: Actor, activity: Activity) -> list[Participant]:
    """Everybody in the activity, by given name; who waits by turn. Empty for those who may not
    see members.

    Without who cancelled. The activity was found for the actor. One query.
    """
    if not actor.can("member.view", at=activity.lead_team.path):
        return []
    found = Participant.objects.filter(activity=activity).select_related("member", "team")
    return list(found.exclude(state=ParticipantState.CANCELLED).order_by("member__sort_key", "pk"))


def lists_of(actor: Actor, activity: Activity) -> Lists:
    """Who should be here and who is, by given name; who waits by turn. One query."""
    by_state: defaultdict[str, list[Participant]] = defaultdict(list)
    for one in participants_of(actor, activity):
        by_state[one.state].append(one)
    expected = [one for state in EXPECTED for one in by_state[state]]
    there = [one for state in THERE for one in by_state[state]]
    waiting = by_state[ParticipantState.WAITING]
    return Lists(
        expected=sorted(expected, key=lambda one: one.member.sort_key),
        there=sorted(there, key=lambda one: one.member.sort_key),
        waiting=sorted(waiting, key=lambda one: (one.signed_up_at is None, one.signed_up_at)),
        missing=by_state[ParticipantState.NO_SHOW],
    )


def walk_ins(actor: Actor, activity: Activity, text: str) -> list[Membership]:
    """Members of the activity's teams of that name who are not on either list, with their teams.

    text  words of a name, tone marks aside; without one, nobody. By given name, at most 20. One
    query.
    """
    if not text.strip() or not actor.can("member.view", at=activity.lead_team.path):
        return []
    teams = [activity.lead_team, *activity.teams.all()]
    listed = Participant.objects.filter(activity=activity, state__in=SEATED).values("member")
    places = Membership.objects.standing(as_day(activity.first_on)).filter(
        team__in=teams, member__in=Member.objects.called(text)
    )
    found = places.exclude(member__in=listed).select_related("member", "team")
    return list(found.order_by("member__sort_key", "pk")[:_MOST_WALK_INS])


def places_in(activity: Activity, members: Collection[UUID]) -> list[Membership]:
    """The places of these members in the activity's teams on its day, one each. One query.

    The activity was found for the actor, with its teams; the lead team comes before others.
    """
    teams = [activity.lead_team, *activity.teams.all()]
    rank = {team.pk: place for place, team in enumerate(teams)}
    found = Membership.objects.standing(as_day(activity.first_on)).filter(
        team__in=teams, member__in=members
    )
    places = sorted(found.select_related("member", "team"), key=lambda one: rank[one.team_id])
    return list({one.member_id: one for one in reversed(places)}.values())


def roll_of(actor: Actor, activity: Activity) -> list[Roll]:
    """For each team of the activity its members of that day, by given name. Two queries.

    The activity was found for the actor, with its teams.
    """
    if not actor.can("member.view", at=activity.lead_team.path):
        return []
    day = as_day(activity.first_on)
    teams = [activity.lead_team, *activity.teams.all()]
    places = Membership.objects.filter(team__in=teams, from_day__lte=day, to_day__gt=day)
    places = places.select_related("member").order_by("member__sort_key", "pk")
    there = Participant.objects.filter(activity=activity).there()
    present = frozenset(there.values_list("member_id", flat=True))
    members: dict[object, list[Member]] = {team.pk: [] for team in teams}
    for place in places:
        members[place.team_id].append(place.member)
    return [Roll(team, members[team.pk], present) for team in teams]


def get_participant(actor: Actor, activity: Activity, member_id: UUID) -> Participant:
    """A member's part in an activity that was found for the actor: her own, or as its leader.

    Raises NotFound. One query.
    """
    rows = Participant.objects.filter(activity=activity, member=member_id)
    if not actor.can("member.view", at=activity.lead_team.path):
        rows = rows.filter(member__user=actor.user_id, member__user__isnull=False)
    found = rows.select_related("member", "team__unit").first()
    if found is None:
        raise NotFound(what=_("người tham gia này"))
    found.activity = activity
    return found


def own_part(actor: Actor, activity: Activity) -> Participant:
    """The part of who asks. Raises NotSignedUp. One query."""
    rows = Participant.objects.filter(activity=activity, member__user=actor.user_id)
    mine = rows.select_related("member", "team__unit").first() if actor.user_id else None
    if mine is None:
        raise NotSignedUp(activity=activity.name)
    mine.activity = activity
    return mine


def acts_known(ids: Collection[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    """Of acts that were done before: which activity and member they were about. Two queries."""
    acts = ParticipantAct.objects.filter(pk__in=ids).values_list(
        "pk", "participant__activity_id", "participant__member_id"
    )
    rows = Participant.objects.filter(pk__in=ids).values_list("pk", "activity_id", "member_id")
    return {id: (activity, member) for id, activity, member in [*rows, *acts]}


def known_act(id: UUID, activity: Activity, member: Member) -> Participant | None:
    """The participant whom an act changed before; none when it is new.

    Raises IdReused where it was about something else. At most three queries.
    """
    about = acts_known([id]).get(id)
    if about is None:
        return None
    if about != (activity.pk, member.pk):
        raise IdReused(id=str(id))
    rows = Participant.objects.select_related("member", "team__unit")
    found = rows.get(activity=activity, member=member)
    found.activity = activity
    return found
