"""Corrects and withdraws help that was recorded."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from senhong.activities.errors import HelpNotCounted
from senhong.activities.facts import HelpFacts
from senhong.activities.models import STANDING, Evidence, Help, HelpState
from senhong.activities.queries.helps import is_own_to_correct
from senhong.activities.queries.recording import (
    Ground,
    catalogue,
    grounds_of,
    helps_of_groups,
    hold_groups,
)
from senhong.activities.services.judging import Group, Judge
from senhong.activities.services.planning import checked_reason
from senhong.activities.services.settling import settle
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import IdReused
from senhong.core.text import nfc


@transaction.atomic
def correct_help(
    actor: Actor,
    id: UUID,
    help: Help,
    facts: HelpFacts,
    *,
    reason: str = "",
    at: datetime | None = None,
) -> Help:
    """A new row stands in the place of ``help``; what is posted follows it.

    Whoever may correct the team's help, or who recorded it: on the same day, or when it was
    returned, and then without a reason of her own. It counts, or waits, like new help. The same
    id and facts again return the new row.
    at  when it was put right, by our clock; none: now. The day of that is the day that counts.
    Raises Forbidden, HelpNotCounted, ReasonMissing, IdReused and what recording raises.
    """
    verb, lesser = _required(actor, help, at)
    known = Help.objects.filter(pk=id).first()
    if known is not None:
        if known.corrects_id != help.pk or not facts.are_those_of(known):
            raise IdReused(id=str(id))
        return known
    said = checked_reason(reason) if reason or not help.review_reason else ""
    services = catalogue()
    court = Judge(actor, verb, _held_grounds(help, facts.team_id), services, lesser)
    hold_groups([help.group])
    rows = helps_of_groups([help.group])
    old = next(row for row in rows if row.pk == help.pk)
    _check_standing(old)
    _check_group(old, rows, facts)
    new = _in_place_of(old, id, court, facts)
    _take_out(old, HelpState.CORRECTED, said)
    new.save(force_insert=True)
    Evidence.objects.filter(help=old.pk).update(help=new.pk)
    settle(actor, helps_of_groups([old.group]), services)
    happened(actor, "help.corrected", old, by=str(id), people=new.people)
    return new


@transaction.atomic
def withdraw_help(actor: Actor, help: Help, *, reason: str, at: datetime | None = None) -> Help:
    """It did not happen: nothing of it counts any longer. Withdrawing again changes nothing.

    Whoever may correct the team's help, or who recorded it, on the same day or when it was
    returned. ``at``: when, by our clock; none: now. Raises Forbidden, HelpNotCounted when it was
    corrected, ReasonMissing, PersonalNumber.
    """
    _required(actor, help, at)
    said = checked_reason(reason)
    _held_grounds(help, help.team_id)
    hold_groups([help.group])
    now = Help.objects.select_related("activity", "team__unit").get(pk=help.pk)
    if now.state == HelpState.WITHDRAWN:
        return now
    _check_standing(now)
    _take_out(now, HelpState.WITHDRAWN, said)
    settle(actor, helps_of_groups([now.group]), catalogue())
    happened(actor, "help.withdrawn", now, people=now.people, day=as_day(now.given_on))
    return now


def _required(actor: Actor, help: Help, at: datetime | None) -> tuple[str, str]:
    """What the actor must be allowed, and what she may do instead, so that it waits.

    Who recorded it may put it right on the same day, and when it came back, as long as she may
    record, or propose. Raises Forbidden.
    """
    if not is_own_to_correct(actor, help, at=at):
        actor.require("help.correct", at=help.team.path)
        return "help.correct", ""
    if not actor.can("help.propose", at=help.team.path):
        actor.require("help.record", at=help.team.path)
    return "help.record", "help.propose"


def _held_grounds(help: Help, team_id: UUID) -> dict[tuple[UUID, UUID], Ground]:
    # Before the group is held: everybody asks for the activity first, so nobody crosses.
    return grounds_of({(help.activity_id, help.team_id), (help.activity_id, team_id)})


def _check_standing(help: Help) -> None:
    if help.state not in STANDING:
        raise HelpNotCounted(state=help.get_state_display())


def _check_group(old: Help, rows: Sequence[Help], facts: HelpFacts) -> None:
    """A further help stays within those whom the helps before it were given to."""
    before = [row for row in rows if row.place_in_group < old.place_in_group]
    if any(row.state in STANDING for row in before):
        Group.of(before).check(old.activity_id, facts)


def _in_place_of(old: Help, id: UUID, court: Judge, facts: HelpFacts) -> Help:
    ground = court.ground(old.activity_id, facts.team_id)
    # A day that was accepted stands, though a phone's clock ran ahead of ours.
    given_on, route = court.facts(ground, facts, stood=old.given_on)
    return Help(
        id=id,
        activity_id=old.activity_id,
        team_id=facts.team_id,
        unit_id=route.unit_id,
        given_on=given_on,
        services=list(facts.codes),
        helped=facts.helped,
        people=facts.people,
        note=nfc(facts.note),
        group=old.group,
        place_in_group=old.place_in_group,
        corrects=old,
        state=court.state_in(ground),
        recorded_by=court.actor.user_id,
        brought_by=court.actor.brought_by,
        recorded_at=clock.now(),
        given_at=old.given_at,
        lat=old.lat,
        lon=old.lon,
        counted_before=old.counted_before,
    )


def _take_out(help: Help, state: HelpState, reason: str) -> None:
    help.state, help.reason = state, reason
    help.save(update_fields=["state", "reason"])
