"""A target divided over as many units as the country has communes.

No unit stands above the provinces, so one is made for it, with all of them directly below; and
taken back.
"""

import time

from django.db import transaction

from bench.measures import Facts
from senhong.core.ids import uuid7
from senhong.ledger.queries import get_indicator
from senhong.org.models import Level, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import NewUnit, found_units
from senhong.plans.drafts import Draft, draft_by
from senhong.plans.models import PlanKind, Target, Wording
from senhong.plans.queries import Way, parts_to_split, weights_of
from senhong.plans.services import PlanFacts, Split, make_plan, set_target, split_target

_COMMUNES = 3_321  # since 2025-07-01
_QUANTITY = 10_000_000
_PERIOD = {"from_day": 20260101, "to_day": 20270101}


def split() -> Facts:
    """Seconds to propose shares, to save them, and to save others instead."""
    with transaction.atomic():
        target = _target(_country())
        begun = time.monotonic()
        by_members = _draft(target, Way.MEMBERS)
        proposed = time.monotonic()
        _save(target, by_members)
        saved = time.monotonic()
        _save(target, _draft(target, Way.EQUALLY, own=True))
        again = time.monotonic()
        transaction.set_rollback(True)
    return {
        "units": len(by_members.lines),
        "propose_s": round(proposed - begun, 2),
        "save_s": round(saved - proposed, 2),
        "again_s": round(again - saved, 2),
    }


def _draft(target: Target, way: Way, *, own: bool = False) -> Draft:
    weights = None if way is Way.EQUALLY else {**weights_of(SYSTEM, target, way)}
    return draft_by(weights, target.quantity, parts_to_split(target), own=own)


def _save(target: Target, draft: Draft) -> None:
    made = Split(seen=target.quantity, shares=draft.shares(), reason="để đo")
    split_target(SYSTEM, uuid7(), target, made)


def _target(unit: Unit) -> Target:
    facts = PlanFacts(unit=unit, kind=PlanKind.PROGRAMME, name="Chỉ tiêu cả nước", **_PERIOD)
    return set_target(
        SYSTEM, uuid7(), plan=make_plan(SYSTEM, uuid7(), facts), unit=unit,
        indicator=get_indicator("platform-turns"), wording=Wording.AT_LEAST,
        quantity=_QUANTITY, **_PERIOD,
    )  # fmt: skip


def _country() -> Unit:
    top = NewUnit(
        key="P-bench", code="00", level=Level.PROVINCE, kind="tỉnh", name="Cả nước", parent=None
    )
    communes = [
        NewUnit(
            key=f"W-bench-{number}", code=str(number), level=Level.COMMUNE, kind="xã",
            name=f"Xã {number}", parent=top.key,
        )
        for number in range(_COMMUNES)
    ]  # fmt: skip
    return found_units(SYSTEM, [top, *communes])[0]
