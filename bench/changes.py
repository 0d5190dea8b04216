"""What a change of the map costs when the ledger is full, and the proof that totals are sums."""

import time
from datetime import timedelta

from django.db import transaction

from bench.measures import Facts
from bench.seed import PROVINCE
from senhong.core import clock
from senhong.core.days import LAST_DAY, as_day
from senhong.ledger.queries import wrong_totals
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM, planned_change
from senhong.org.services import Change, Edge, NewUnit, restructure


def merger() -> Facts:
    """Two communes of the province become one tomorrow; done and taken back."""
    change = _merger()
    begun = time.monotonic()
    planned_change(SYSTEM, change)
    planned = time.monotonic()
    with transaction.atomic():
        restructure(SYSTEM, change)
        done = time.monotonic()
        transaction.set_rollback(True)
    return {"dry_run_s": round(planned - begun, 2), "change_s": round(done - planned, 2)}


def _merger() -> Change:
    standing = Unit.objects.filter(province__key=PROVINCE, level="commune", to_day=LAST_DAY)
    first, second = standing.order_by("key")[:2]
    begins = NewUnit(
        key="W-bench", code="00000", level="commune", kind="xã", name="Hợp nhất", parent=PROVINCE
    )
    return Change(
        day=as_day(clock.today() + timedelta(days=1)),
        ends=(first.key, second.key),
        begins=(begins,),
        edges=tuple(Edge(unit.key, begins.key) for unit in (first, second)),
    )


def proof() -> Facts:
    """Every total against its postings."""
    begun = time.monotonic()
    wrong = len(wrong_totals())
    return {"wrong": wrong, "check_s": round(time.monotonic() - begun, 1)}
