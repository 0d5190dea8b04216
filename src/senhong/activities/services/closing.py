"""Closes, reopens and cancels activities, with what that posts and reverses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from senhong.activities.counting import (
    ACTIVITIES,
    PROVINCIAL,
    SORTIES,
    VOLUNTEER_TURNS,
)
from senhong.activities.errors import ActivityCancelled, ActivityNotBegun
from senhong.activities.models import (
    Activity,
    ActivityKind,
    ActivityLevel,
    ActivityState,
    Participant,
    ParticipantState,
)
from senhong.activities.queries.closing import (
    closing_id,
    closing_indicators,
    closing_keys,
    landed_units,
    present_by_team,
)
from senhong.activities.queries.recording import (
    catalogue,
    helps_of_activity,
    live_postings,
    province_of,
)
from senhong.activities.services.planning import checked_reason, held, set_state
from senhong.activities.services.settling import settle, write
from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.ledger.services import NewPosting, reversal_of
from senhong.org.models import Unit


@transaction.atomic
def close_activity(actor: Actor, activity: Activity, *, at: datetime | None = None) -> Activity:
    """The activity is over: it counts, and so does everybody who was present; who was expected
    and did not come is a no-show.

    Closing what is closed changes nothing.
    at  when the leader said so, where a phone brings it later; none: now.
    Raises Forbidden, ActivityCancelled, ActivityNotBegun.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    if activity.is_cancelled:
        raise ActivityCancelled(activity=activity.name)
    if activity.state == ActivityState.CLOSED:
        return activity
    if activity.starts_at > clock.now():
        raise ActivityNotBegun(activity=activity.name, starts_at=activity.starts_at)
    set_state(activity, ActivityState.CLOSED, at=at, closings=activity.closings + 1)
    _miss(actor, activity)
    write(actor, _closing_lines(activity))
    happened(actor, "activity.closed", activity, closing=activity.closings)
    return activity


@transaction.atomic
def reopen_activity(
    actor: Actor, activity: Activity, *, reason: str, at: datetime | None = None
) -> Activity:
    """What closing or cancelling did is undone; closing again counts anew.

    What was only planned when it was cancelled is planned again; what was closed is running.
    Opening what is open changes nothing. ``at``: when, where a phone says it; none: now.
    Raises Forbidden, ReasonMissing, PersonalNumber.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    said = checked_reason(reason)
    activity = held(activity)
    if activity.is_open:
        return activity
    was_cancelled = activity.is_cancelled
    set_state(activity, _state_before(activity), at=at, cancel_reason="", cancelled_from="")
    _expect_again(activity)
    if was_cancelled:
        settle(actor, helps_of_activity(activity.pk), catalogue())
    else:
        _reverse_closing(actor, activity)
    happened(actor, "activity.reopened", activity, reason=said)
    return activity


@transaction.atomic
def cancel_activity(actor: Actor, activity: Activity, *, reason: str) -> Activity:
    """The activity does not count, nor does the help recorded in it.

    Cancelling what is cancelled changes nothing. Raises Forbidden, ReasonMissing,
    PersonalNumber.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    said = checked_reason(reason)
    activity = held(activity)
    if activity.is_cancelled:
        return activity
    was = ActivityState(activity.state)
    set_state(activity, ActivityState.CANCELLED, cancel_reason=said, cancelled_from=was)
    if was == ActivityState.CLOSED:
        _reverse_closing(actor, activity)
    settle(actor, helps_of_activity(activity.pk), catalogue())
    happened(actor, "activity.cancelled", activity, reason=said)
    return activity


def _state_before(activity: Activity) -> ActivityState:
    """What an activity is again, when it was closed or cancelled by mistake."""
    only_planned = activity.cancelled_from == ActivityState.PLANNED
    if only_planned or activity.first_on > clock.today():
        return ActivityState.PLANNED
    return ActivityState.RUNNING


def _closing_lines(activity: Activity) -> list[NewPosting]:
    """What the activity's latest closing posts: of an everyday one nothing. Three statements."""
    if activity.is_everyday:
        return []
    day = as_day(activity.first_on)
    present, indicators = present_by_team(activity), closing_indicators(day)
    home = activity.lead_team.unit_id
    landed = landed_units({home, *(team.unit_id for team in present)}, day)
    counted: list[tuple[str, Unit, UUID | None, int]]
    counted = [(code, landed[home], None, 1) for code in _codes_of(activity)]
    counted += [(VOLUNTEER_TURNS, landed[t.unit_id], t.team_id, t.number) for t in present]
    return [
        NewPosting(
            id=closing_id(activity, code, team_id),
            province_id=province_of(unit),
            unit_id=unit.pk,
            indicator_id=indicators[code],
            day=day,
            quantity=quantity,
            source_kind="activity",
            source_id=activity.pk,
            activity_id=activity.pk,
        )
        for code, unit, team_id, quantity in counted
        if code in indicators
    ]


def _codes_of(activity: Activity) -> Iterator[str]:
    yield ACTIVITIES
    if activity.kind == ActivityKind.SORTIE:
        yield SORTIES
    if activity.level == ActivityLevel.PROVINCE:
        yield PROVINCIAL


def _reverse_closing(actor: Actor, activity: Activity) -> None:
    """Take back what the latest closing posted, under the units that it was posted for."""
    posted = live_postings(closing_keys(activity))
    write(actor, [reversal_of(posting) for _source, _code, posting in posted])


@contextmanager
def counted_anew(actor: Actor, activity: Activity) -> Iterator[None]:
    """What a closed activity's latest closing posted is reversed, and posted as it is right after
    what is done inside; who is expected then is a no-show. The caller, a service, has asked for it
    and holds the activity.
    """
    _reverse_closing(actor, activity)
    yield
    activity.closings += 1
    activity.save(update_fields=["closings"])
    _miss(actor, activity)
    write(actor, _closing_lines(activity))


def _miss(actor: Actor, activity: Activity) -> None:
    """Who was expected and did not come is a no-show; where there is a list of who came."""
    if activity.present_number is not None:
        return
    missed = list(Participant.objects.filter(activity=activity).expected())
    Participant.objects.filter(pk__in=[one.pk for one in missed]).update(
        state=ParticipantState.NO_SHOW, state_before=F("state"), missed_at=clock.now()
    )
    all_happened(actor, "participant.missed", [(one, {}) for one in missed])


def _expect_again(activity: Activity) -> None:
    """Whom the closing found missing is expected again, now that it is open."""
    missed = Participant.objects.filter(activity=activity, state=ParticipantState.NO_SHOW)
    missed.exclude(state_before="").update(state=F("state_before"), state_before="")
