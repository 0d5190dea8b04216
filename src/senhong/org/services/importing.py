"""A country's units, as its files tell them."""

from collections.abc import Callable

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.rows import on_postgresql, run
from senhong.org.models import Landing, Lineage, Placement, Step, Unit, UnitMap
from senhong.org.queries.pending import Pending
from senhong.org.queries.plan import plan_of
from senhong.org.services.founding import found_units
from senhong.org.services.restructuring import restructure


@transaction.atomic
def want_units(actor: Actor) -> None:
    """The country's units will be brought in, by a job. Asking again does no harm."""
    actor.require("map.change", at="")
    happened(actor, "units.wanted", Unit())


def import_units(
    actor: Actor, pending: Pending, *, told: Callable[[int], object] = lambda units: None
) -> None:
    """The first maps are drawn and the changes made.

    The first import is one transaction. Later, each change is one of its own, so that a
    province's postings wait only for its own group; all changes of the next day are tried
    before anything is written, and an import that was broken off is taken up by the next.
    told  is called with the number of units done in each step. Raises Forbidden, ChangeRefused.
    """
    actor.require("map.change", at="")
    if pending.first:
        _import_first(actor, pending, told)
    else:
        _try_next_day(pending)
        _change(actor, pending, told)


@transaction.atomic
def _import_first(actor: Actor, pending: Pending, told: Callable[[int], object]) -> None:
    """Nobody records yet, so nobody waits, and nobody sees half a country."""
    found_units(actor, pending.first)
    _look_again_at_the_tables()
    told(len(pending.first))
    _change(actor, pending, told)
    _look_again_at_the_tables()


def _look_again_at_the_tables() -> None:
    """PostgreSQL's planner thinks that they are empty, and joins them by loops: minutes."""
    if on_postgresql():
        for model in (Unit, Lineage, UnitMap, Placement, Step, Landing):
            run(f"ANALYZE {model._meta.db_table}")


def _change(actor: Actor, pending: Pending, told: Callable[[int], object]) -> None:
    for change in pending.changes:
        restructure(actor, change)
        told(len(change.begins) + len(change.ends))


def _try_next_day(pending: Pending) -> None:
    for change in pending.changes:
        if change.day == pending.changes[0].day:
            for refusal in plan_of(change).refused:
                raise refusal
