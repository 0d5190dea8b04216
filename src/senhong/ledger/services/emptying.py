"""The ledger emptied, for a demo that makes way for the real thing."""

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY
from senhong.core.rows import run
from senhong.ledger.models import WORDS, Indicator, IndicatorVersion
from senhong.org.queries import get_installation


@transaction.atomic
def empty_ledger(actor: Actor) -> None:
    """Remove every posting and every total; indicators stay, with the words they had first.

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
    _forget_versions()
    happened(actor, "ledger.emptied", installation)


def _forget_versions() -> None:
    """Nothing is left that was counted under later words."""
    for first in IndicatorVersion.objects.filter(from_day=FIRST_DAY):
        words = {name: getattr(first, name) for name in WORDS}
        Indicator.objects.filter(pk=first.indicator_id).update(**words)
    IndicatorVersion.objects.all().delete()
