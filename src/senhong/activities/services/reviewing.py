"""Accepts and returns help that was recorded: one, or many at once."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from senhong.activities.errors import OwnHelp, PersonalNumber, ReturnWordsMissing
from senhong.activities.models import STANDING, Help, HelpState, ReturnReason
from senhong.activities.privacy import has_personal_number
from senhong.activities.queries.recording import (
    catalogue,
    grounds_of,
    helps_of_groups,
    hold_groups,
    paths_after_acceptance,
)
from senhong.activities.queries.reviewing import is_own, unit_path_today, waiting_of
from senhong.activities.services.settling import settle
from senhong.audit.services import all_happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.text import is_blank, nfc


@transaction.atomic
def accept_helps(actor: Actor, helps: Sequence[Help]) -> list[Help]:
    """What waits, or was returned, counts; what counts has been looked at. Those that changed.

    Accepting again changes nothing; what was corrected or withdrawn meanwhile is left out.
    ``helps`` have their teams. A constant number of statements. Raises Forbidden; OwnHelp when
    one that waits is the actor's own, or was brought in by her.
    """
    _require_review(actor, helps)
    rows = _held(helps)
    changed = [
        row
        for row in _asked(rows, helps)
        if row.state != HelpState.COUNTED or row.reviewed_at is None
    ]
    if any(row.state == HelpState.WAITING and is_own(actor, row) for row in changed):
        raise OwnHelp()
    _review(actor, changed, HelpState.COUNTED)
    settle(actor, rows, catalogue())
    all_happened(actor, "help.accepted", _facts(changed))
    return changed


@transaction.atomic
def return_helps(
    actor: Actor, helps: Sequence[Help], *, reason: ReturnReason, words: str = ""
) -> list[Help]:
    """They go back to who recorded them, with a reason; nothing of them counts any longer.

    Those that changed; returning again for the same reason changes nothing, and what was
    corrected or withdrawn meanwhile is left out. ``helps`` have their teams. A constant number
    of statements. Raises Forbidden, ReturnWordsMissing, PersonalNumber.
    """
    _require_review(actor, helps)
    said = _checked_words(reason, words)
    rows = _held(helps)
    changed = [
        row
        for row in _asked(rows, helps)
        if (row.state, row.review_reason, row.review_words) != (HelpState.RETURNED, reason, said)
    ]
    _review(actor, changed, HelpState.RETURNED, reason, said)
    settle(actor, rows, catalogue())
    all_happened(actor, "help.returned", _facts(changed))
    return changed


@transaction.atomic
def accept_helps_of_newcomer(
    actor: Actor, *, team_id: UUID | str, user_id: int, **_rest: object
) -> None:
    """What she proposed while she was a newcomer counts, where help counts at once; nobody has
    looked at it yet. Follows from newcomer.confirmed, in its transaction.
    """
    team = UUID(str(team_id))
    if not paths_after_acceptance({unit_path_today(team)}):
        rows, changed = _held_waiting(waiting_of(user_id, team))
        _set_states(changed, HelpState.COUNTED)
        settle(actor, rows, catalogue())
        all_happened(actor, "help.accepted", _facts(changed))


@transaction.atomic
def return_helps_of_newcomer(
    actor: Actor, *, team_id: UUID | str, user_id: int, **_rest: object
) -> None:
    """What she proposed goes back: she was not taken into the team.

    Follows from newcomer.refused, in its transaction.
    """
    _rows, changed = _held_waiting(waiting_of(user_id, UUID(str(team_id))))
    _review(actor, changed, HelpState.RETURNED, ReturnReason.NEWCOMER_REFUSED)
    all_happened(actor, "help.returned", _facts(changed))


def _held_waiting(waiting: Sequence[Help]) -> tuple[list[Help], list[Help]]:
    """The groups as they are now, held; and of what waited that which still does."""
    rows = _held(waiting)
    return rows, [row for row in _asked(rows, waiting) if row.state == HelpState.WAITING]


def _require_review(actor: Actor, helps: Iterable[Help]) -> None:
    for path in {help.team.path for help in helps}:
        actor.require("help.review", at=path)


def _checked_words(reason: ReturnReason, words: str) -> str:
    if reason == ReturnReason.OTHER and is_blank(words):
        raise ReturnWordsMissing()
    if has_personal_number(words):
        raise PersonalNumber()
    return nfc(words)


def _held(helps: Sequence[Help]) -> list[Help]:
    """Every row of the groups as it is now, held until the transaction ends.

    First the activities, then the groups: as everybody asks for them, so nobody crosses.
    """
    if not helps:
        return []
    grounds_of({(help.activity_id, help.team_id) for help in helps})
    groups = {help.group for help in helps}
    hold_groups(groups)
    return helps_of_groups(groups)


def _asked(rows: Iterable[Help], helps: Iterable[Help]) -> list[Help]:
    asked = {help.pk for help in helps}
    return [row for row in rows if row.pk in asked and row.state in STANDING]


def _review(
    actor: Actor, helps: Sequence[Help], state: HelpState, reason: str = "", words: str = ""
) -> None:
    looked = {"reviewed_by": actor.user_id, "reviewed_at": clock.now()}
    _set_states(helps, state, review_reason=reason, review_words=words, **looked)


def _set_states(helps: Sequence[Help], state: HelpState, **also: object) -> None:
    Help.objects.filter(pk__in=[help.pk for help in helps]).update(state=state, **also)
    for help in helps:
        help.state = state  # as settling sees it


def _facts(helps: Iterable[Help]) -> list[tuple[Help, dict[str, int]]]:
    return [(help, {"people": help.people, "day": as_day(help.given_on)}) for help in helps]
