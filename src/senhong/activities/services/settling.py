"""Brings what the helps of a group have posted in line with what they are to post."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from senhong.activities.counting import Due, postings_due
from senhong.activities.models import Help, HelpState
from senhong.activities.queries.recording import (
    Catalogue,
    live_postings,
    possible_posting_ids,
    posting_id,
    province_of,
)
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.ledger.models import Posting
from senhong.ledger.services import NewPosting, Outcome, post, reversal_of

Posted = dict[str, Posting]  # indicator code → what stands in the ledger


def settle(
    actor: Actor,
    helps: Sequence[Help],
    catalogue: Catalogue,
    *,
    beside: Sequence[NewPosting] = (),
) -> None:
    """Reverse what is posted and not due, post what is due and not posted.

    ``beside`` is posted with them: who posts twice in a transaction holds rows of totals while
    it asks for others, and two such wait for each other for ever.

    ``helps`` are all rows of their groups, with activity and unit. Recording, correcting,
    withdrawing, cancelling and reopening all come here, so they cannot disagree. Four
    statements beside those of the ledger, whatever the number.
    """
    due, posted = due_of(helps, catalogue), _posted_by(helps)
    lines = list(beside)
    renewed: list[Help] = []
    for help in helps:
        wrong, missing = _difference(posted[help.id], due.get(help.id, {}))
        lines += [reversal_of(posting) for posting in wrong]
        if missing:
            help.settlement += 1
            renewed.append(help)
            lines += postings_of(help, missing, catalogue)
    write(actor, lines)
    Help.objects.bulk_update(renewed, ["settlement"])


def due_of(helps: Iterable[Help], catalogue: Catalogue) -> dict[UUID, Due]:
    """What each help is to post, under indicators that stand on its day."""
    groups: defaultdict[UUID, list[Help]] = defaultdict(list)
    days = {help.id: as_day(help.given_on) for help in helps}
    for help in helps:
        if help.state == HelpState.COUNTED and not help.activity.is_cancelled:
            groups[help.group].append(help)
    due: dict[UUID, Due] = {}
    for group in groups.values():
        group.sort(key=lambda row: (row.place_in_group, row.id))
        for id, quantities in postings_due(group, catalogue.is_platform).items():
            due[id] = {c: n for c, n in quantities.items() if catalogue.counts(c, days[id])}
    return due


def postings_of(help: Help, due: Due, catalogue: Catalogue) -> list[NewPosting]:
    """A help's postings of its present settlement."""
    return [
        NewPosting(
            id=posting_id(help, help.settlement, code),
            province_id=province_of(help.unit),
            unit_id=help.unit_id,
            indicator_id=catalogue.counters[code].indicator_id,
            day=as_day(help.given_on),
            quantity=quantity,
            source_kind="help",
            source_id=help.id,
            activity_id=help.activity_id,
        )
        for code, quantity in due.items()
    ]


def write(actor: Actor, lines: Sequence[NewPosting]) -> None:
    """Post lines whose facts come from our own rows: that one is refused is a bug."""
    outcomes = post(actor, lines)
    refused = set(outcomes) - {Outcome.RECORDED, Outcome.ALREADY_RECORDED}
    if refused:
        raise RuntimeError(f"the ledger refused: {sorted(refused)}")


def _posted_by(helps: Sequence[Help]) -> defaultdict[UUID, Posted]:
    ids = [(province_of(help.unit), id) for help in helps for id in possible_posting_ids(help)]
    posted: defaultdict[UUID, Posted] = defaultdict(dict)
    for help_id, code, posting in live_postings(ids):
        posted[help_id][code] = posting
    return posted


def _difference(posted: Posted, due: Due) -> tuple[list[Posting], Due]:
    """What is posted and not due, and what is due and not posted."""
    right = {code for code, line in posted.items() if line.quantity == due.get(code)}
    wrong = [line for code, line in posted.items() if code not in right]
    return wrong, {code: quantity for code, quantity in due.items() if code not in right}
