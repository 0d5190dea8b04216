"""From help on a phone to ``GivenHelp``: the one place that knows both."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.activities.errors import GivenInFuture
from senhong.activities.facts import GivenHelp, HelpAnswer, HelpOutcome
from senhong.activities.models import Helped
from senhong.activities.queries.recording import helps_by_id
from senhong.activities.services import everyday_activities, record_helps
from senhong.activities.services.judging import AHEAD
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import DomainError, NotFound
from senhong.sync.acts import HelpAct
from senhong.sync.errors import WaitsForAnother


def record(actor: Actor, acts: Sequence[HelpAct]) -> list[HelpAnswer]:
    """One batch; what became of each, in the same order.

    An act that goes on from one that has not arrived is told so (``WaitsForAnother``), in
    whatever order the two come.
    """
    errors: dict[int, DomainError] = {}
    homes = _homes(actor, acts)
    givens: list[tuple[int, GivenHelp]] = []
    for place in _in_order(acts):
        try:
            givens.append((place, _given(acts[place], homes)))
        except DomainError as error:
            errors[place] = error
    answers = {
        place: HelpAnswer(acts[place].id, HelpOutcome.RETURNED, error)
        for place, error in errors.items()
    }
    if givens:
        told = record_helps(actor, [given for _place, given in givens])
        answers |= dict(zip((place for place, _given in givens), told, strict=True))
    _mark_waiting(acts, answers)
    return [answers[place] for place in range(len(acts))]


def _given(act: HelpAct, homes: dict[tuple[UUID, date], UUID]) -> GivenHelp:
    day = clock.date_of(act.at)
    if act.at > clock.now() + AHEAD:
        raise GivenInFuture(given_on=day)
    activity = act.activity or homes.get((act.team, day))
    if activity is None:
        raise NotFound(what=_("tổ này"))
    return GivenHelp(
        id=act.id,
        activity_id=activity,
        team_id=act.team,
        services=act.services,
        people=act.citizens,
        helped=Helped(act.helped),
        given_on=day,
        note=act.note,
        same_people_as=act.same_people_as,
        given_at=act.at,
        point=act.point,
        counted_before=act.same_people and act.same_people_as is None,
    )


def _homes(actor: Actor, acts: Sequence[HelpAct]) -> dict[tuple[UUID, date], UUID]:
    """The everyday activities of the teams and days for which an act names none."""
    asked = {(act.team, clock.date_of(act.at)) for act in acts if act.activity is None}
    return everyday_activities(actor, asked) if asked else {}


def _in_order(acts: Sequence[HelpAct]) -> list[int]:
    """The places of the acts, a first help before those that go on from it."""
    if not any(act.same_people_as for act in acts):
        return list(range(len(acts)))
    before = {act.id: act.same_people_as for act in acts}
    return sorted(range(len(acts)), key=lambda place: _depth(acts[place].id, before))


def _depth(id: UUID, before: dict[UUID, UUID | None]) -> int:
    depth, at = 0, before.get(id)
    while at is not None and depth < len(before):  # a ring ends, too
        depth, at = depth + 1, before.get(at)
    return depth


def _mark_waiting(acts: Sequence[HelpAct], answers: dict[int, HelpAnswer]) -> None:
    """Those that go on from a help that nobody has recorded yet."""
    lost = {
        place: act.same_people_as
        for place, act in enumerate(acts)
        if act.same_people_as and isinstance(answers[place].error, NotFound)
    }
    known = helps_by_id(set(lost.values()))
    for place, first in lost.items():
        if first not in known:
            waits = WaitsForAnother(act=str(first))
            answers[place] = HelpAnswer(acts[place].id, HelpOutcome.RETURNED, waits)


def is_known(id: UUID) -> bool:
    """Whether a help with this id was ever recorded, be it visible or not. One query."""
    return bool(helps_by_id({id}))
