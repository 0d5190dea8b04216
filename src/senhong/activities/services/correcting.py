"""Corrects and withdraws help that was recorded."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from senhong.activities.errors import HelpNotCounted
from senhong.activities.facts import HelpFacts
from senhong.activities.models import Help, HelpState
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
def correct_help(actor: Actor, id: UUID, help: Help, facts: HelpFacts, *, reason: str = "") -> Help:
    """A new row stands in the place of ``help``; what is posted follows it.

    Whoever may correct the team's help, or who recorded it on the same day. The same id and
    facts again return the new row. Raises Forbidden, HelpNotCounted, ReasonMissing, IdReused
    and what recording raises.
    """
    verb = _verb(actor, help)
    actor.require(verb, at=help.team.path)
    known = Help.objects.filter(pk=id).first()
    if known is not None:
        if known.corrects_id != help.pk or not facts.are_those_of(known):
            raise IdReused(id=str(id))
        return known
    said = checked_reason(reason)
    services = catalogue()
    court = Judge(actor, verb, _held_grounds(help, facts.team_id), services)
    hold_groups([help.group])
    rows = helps_of_groups([help.group])
    old = next(row for row in rows if row.pk == help.pk)
    _check_counted(old)
    _check_group(old, rows, facts)
    new = _in_place_of(old, id, court, facts)
    _take_out(old, HelpState.CORRECTED, said)
    new.save(force_insert=True)
    settle(actor, helps_of_groups([old.group]), services)
    happened(actor, "help.corrected", old, by=str(id), people=new.people)
    return new


@transaction.atomic
def withdraw_help(actor: Actor, help: Help, *, reason: str) -> Help:
    """It did not happen: nothing of it counts any longer. Withdrawing again changes nothing.

    Whoever may correct the team's help, or who recorded it on the same day. Raises Forbidden,
    HelpNotCounted when it was corrected, ReasonMissing, PersonalNumber.
    """
    actor.require(_verb(actor, help), at=help.team.path)
    said = checked_reason(reason)
    _held_grounds(help, help.team_id)
    hold_groups([help.group])
    now = Help.objects.select_related("activity", "team__unit").get(pk=help.pk)
    if now.state == HelpState.WITHDRAWN:
        return now
    _check_counted(now)
    _take_out(now, HelpState.WITHDRAWN, said)
    settle(actor, helps_of_groups([now.group]), catalogue())
    happened(actor, "help.withdrawn", now, people=now.people, day=as_day(now.given_on))
    return now


def _verb(actor: Actor, help: Help) -> str:
    """Who recorded it may put it right on the same day, as long as she may record."""
    own = actor.user_id is not None and help.recorded_by == actor.user_id
    today = clock.date_of(help.recorded_at) == clock.today()
    return "help.record" if own and today else "help.correct"


def _held_grounds(help: Help, team_id: UUID) -> dict[tuple[UUID, UUID], Ground]:
    # Before the group is held: everybody asks for the activity first, so nobody crosses.
    return grounds_of({(help.activity_id, help.team_id), (help.activity_id, team_id)})


def _check_counted(help: Help) -> None:
    if help.state != HelpState.COUNTED:
        raise HelpNotCounted(state=help.get_state_display())


def _check_group(old: Help, rows: Sequence[Help], facts: HelpFacts) -> None:
    """A further help stays within those whom the helps before it were given to."""
    before = [row for row in rows if row.place_in_group < old.place_in_group]
    if any(row.state == HelpState.COUNTED for row in before):
        Group.of(before).check(old.activity_id, facts)


def _in_place_of(old: Help, id: UUID, court: Judge, facts: HelpFacts) -> Help:
    ground = court.ground(old.activity_id, facts.team_id)
    given_on, route = court.facts(ground, facts)
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
        recorded_by=court.actor.user_id,
        recorded_at=clock.now(),
    )


def _take_out(help: Help, state: HelpState, reason: str) -> None:
    help.state, help.reason = state, reason
    help.save(update_fields=["state", "reason"])
