"""Who was present: a list, or a number with a reason."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from senhong.activities.errors import (
    ListOrNumber,
    NotMemberOfTeam,
    PresentOutOfRange,
    TeamNotInActivity,
)
from senhong.activities.facts import Present
from senhong.activities.models import (
    EXPECTED,
    THERE,
    Activity,
    Participant,
    ParticipantAct,
    ParticipantState,
)
from senhong.activities.queries.participants import acts_known, known_act
from senhong.activities.services.moving import become, come, go_back, promote
from senhong.activities.services.planning import check_open, checked_reason, held
from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.errors import IdReused
from senhong.people.models import Membership

MOST_PRESENT = 10_000


@transaction.atomic
def mark_present(
    actor: Actor, activity: Activity, present: Sequence[Present], *, at: datetime | None = None
) -> None:
    """These members were there, each with a team of the activity to which they belong that day.

    Whoever is on the list stays on it; who comes without having signed up is there all the same,
    also when every seat is taken. Each id is one act: sent again, it changes nothing.
    at  when they came; none: they were there from the beginning.
    Raises Forbidden, ActivityClosed, ActivityCancelled, ListOrNumber, TeamNotInActivity,
    NotMemberOfTeam, IdReused.
    """
    activity = _open_list(actor, activity)
    mark(actor, activity, present, at=at)


@transaction.atomic
def mark_absent(actor: Actor, participant: Participant, *, act: UUID | None = None) -> None:
    """This member is not there: who was marked is again what she was before, who was expected
    did not come.

    Raises Forbidden, ActivityClosed, ActivityCancelled, IdReused.
    """
    activity = _open_list(actor, participant.activity)
    if act is not None and known_act(act, activity, participant.member):
        return
    one = Participant.objects.get(activity=activity, pk=participant.pk)
    if one.state in THERE:
        _unmark(actor, [one], act=act)
    elif one.state in EXPECTED:
        become(one, ParticipantState.NO_SHOW, act=act)
        happened(actor, "participant.missed", one)
    promote(actor, activity)


@transaction.atomic
def mark_left(actor: Actor, participant: Participant, *, at: datetime | None = None) -> None:
    """She went before the end; she was present all the same.

    Raises Forbidden, ActivityClosed, ActivityCancelled, StateNotPossible.
    """
    activity = _open_list(actor, participant.activity)
    one = Participant.objects.get(activity=activity, pk=participant.pk)
    if one.state != ParticipantState.LEFT:
        become(one, ParticipantState.LEFT, at=at)
        happened(actor, "participant.left", one)


@transaction.atomic
def list_present(actor: Actor, activity: Activity, present: Sequence[Present]) -> None:
    """Exactly these members were there. Raises what ``mark_present`` raises."""
    activity = _open_list(actor, activity)
    staying = {one.member.pk for one in present}
    on_list = Participant.objects.filter(activity=activity).there()
    _unmark(actor, list(on_list.exclude(member__in=staying)))
    mark(actor, activity, present)
    promote(actor, activity)


@transaction.atomic
def count_present(
    actor: Actor, activity: Activity, *, number: int | None, reason: str = ""
) -> Activity:
    """So many were there, and why there is no list; ``None`` goes back to the list.

    Raises Forbidden, ActivityClosed, ActivityCancelled, PresentOutOfRange, ReasonMissing,
    PersonalNumber, ListOrNumber.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    check_open(activity)
    said = "" if number is None else checked_reason(reason)
    if number is not None and not 1 <= number <= MOST_PRESENT:
        raise PresentOutOfRange(number=number, most=MOST_PRESENT)
    if number is not None and Participant.objects.filter(activity=activity).there().exists():
        raise ListOrNumber()
    if (activity.present_number, activity.present_reason) != (number, said):
        activity.present_number, activity.present_reason = number, said
        activity.save(update_fields=["present_number", "present_reason"])
        happened(actor, "activity.present-counted", activity, number=number)
    return activity


def _open_list(actor: Actor, activity: Activity) -> Activity:
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    check_open(activity)
    return activity


def mark(
    actor: Actor, activity: Activity, present: Sequence[Present], *, at: datetime | None = None
) -> None:
    """Put them on the list. The caller, a service, has asked for it and holds the activity.

    Four statements, and one for each who had signed up.
    """
    if present and activity.present_number is not None:
        raise ListOrNumber()
    _check_teams(activity, present)
    _check_members(activity, present)
    known = {row.member_id: row for row in Participant.objects.filter(activity=activity)}
    there = {member for member, row in known.items() if row.state in THERE}
    coming = {one.member.pk: one for one in present if one.member.pk not in there}
    coming = _not_yet_done(activity, coming)
    walked_in = [
        Participant(
            id=one.id, activity=activity, member=one.member, team=one.team,
            state=ParticipantState.PRESENT, came_at=at,
        )
        for member, one in coming.items()
        if member not in known
    ]  # fmt: skip
    Participant.objects.bulk_create(walked_in)
    _remember(walked_in)
    expected = [known[member] for member in coming if member in known]
    for row in expected:
        _arrive(row, coming[row.member_id], at)
    all_happened(actor, "participant.came", [(row, {}) for row in [*walked_in, *expected]])


def _arrive(row: Participant, one: Present, at: datetime | None) -> None:
    row.team = one.team
    come(row, at=at, act=one.id)


def _unmark(actor: Actor, rows: Sequence[Participant], *, act: UUID | None = None) -> None:
    for row in rows:
        go_back(row, act=act)
    all_happened(actor, "participant.unmarked", [(row, {}) for row in rows])


def _check_teams(activity: Activity, present: Sequence[Present]) -> None:
    taking_part = {activity.lead_team_id, *activity.teams.values_list("pk", flat=True)}
    if not {one.team.pk for one in present} <= taking_part:
        raise TeamNotInActivity(activity=activity.name)


def _check_members(activity: Activity, present: Sequence[Present]) -> None:
    day = as_day(activity.first_on)
    held_places = set(
        Membership.objects.filter(
            team__in={one.team.pk for one in present}, from_day__lte=day, to_day__gt=day
        ).values_list("member_id", "team_id")
    )
    for one in present:
        if (one.member.pk, one.team.pk) not in held_places:
            raise NotMemberOfTeam(team=one.team.name, day=as_date(day))


def _not_yet_done(activity: Activity, coming: dict[UUID, Present]) -> dict[UUID, Present]:
    """Without acts that were done before, whatever became of them since. Raises IdReused."""
    ids = [one.id for one in coming.values()]
    twice = next((id for id, times in Counter(ids).items() if times > 1), None)
    done = acts_known(ids)
    other = [
        one.id
        for one in coming.values()
        if one.id in done and done[one.id] != (activity.pk, one.member.pk)
    ]
    if reused := twice or next(iter(other), None):
        raise IdReused(id=str(reused))
    return {member: one for member, one in coming.items() if one.id not in done}


def _remember(rows: Sequence[Participant]) -> None:
    now = clock.now()
    ParticipantAct.objects.bulk_create(
        ParticipantAct(id=row.pk, participant=row, state=row.state, at=now) for row in rows
    )
