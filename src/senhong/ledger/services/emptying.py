"""The ledger emptied, for a demo that makes way for the real thing."""

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.rows import run
from senhong.org.queries import get_installation


@transaction.atomic
def empty_ledger(actor: Actor) -> None:
    """Remove every posting and every total; indicators stay.

    Only a demo may be removed: in another installation nothing happens, the caller has looked.
    Opens the latch that keeps the ledger append-only and closes it in the same transaction.
    Raises Forbidden.
    """
    installation = get_installation()
    if installation is None or installation.demo_reading_on is None:
        return
    actor.require("demo.remove", at=installation.province.path)
    run("INSERT INTO ledger_latch (open) VALUES (1)")
    run("DELETE FROM ledger_total")
    run("DELETE FROM ledger_posting")
    run("DELETE FROM ledger_latch WHERE open = 1")
    happened(actor, "ledger.emptied", installation)
