"""A country's units, as its files tell them."""

from collections.abc import Callable

from senhong.core.actor import Actor
from senhong.org.queries.pending import Pending
from senhong.org.queries.plan import plan_of
from senhong.org.services.founding import found_units
from senhong.org.services.restructuring import restructure


def import_units(
    actor: Actor, pending: Pending, *, told: Callable[[int], object] = lambda units: None
) -> None:
    """The first maps are drawn and the changes made, each in a transaction of its own.

    So a province's postings wait only for its own group, and an import that was broken off is
    taken up by the next. All changes of the next day are tried before anything is written.
    told  is called with the number of units done in each step. Raises Forbidden, ChangeRefused.
    """
    actor.require("map.change", at="")
    if pending.first:
        found_units(actor, pending.first)
        told(len(pending.first))
    else:
        _try_next_day(pending)
    for change in pending.changes:
        restructure(actor, change)
        told(len(change.begins) + len(change.ends))


def _try_next_day(pending: Pending) -> None:
    for change in pending.changes:
        if change.day == pending.changes[0].day:
            for refusal in plan_of(change).refused:
                raise refusal
