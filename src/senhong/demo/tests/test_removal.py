"""With the demo go the maps that its visitors drew."""

from datetime import date

import pytest

from senhong.audit.services import happened
from senhong.core.ids import uuid7
from senhong.demo.ids import Ids
from senhong.demo.queries import times_built
from senhong.demo.services import remove_demo
from senhong.org.models import ChangeState, MapChange, Unit, UnitMap
from senhong.org.services import (
    draft_change,
    found_installation,
    run_changes,
    write_change,
)
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_province, a_unit

pytestmark = pytest.mark.django_db


def test_a_demo_built_again_does_nothing_under_the_ids_of_the_first() -> None:
    happened(SYSTEM, "demo.built", a_province())

    first, again = Ids(), Ids(times_built())

    assert times_built() == 1
    assert first.next("split") == Ids().next("split") != again.next("split")


def test_maps_that_visitors_drew_go_with_the_demo() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    found_installation(SYSTEM, province=province, demo_reading_on=date(2023, 3, 20))
    new = a_new_unit("Xã AB", province)
    made = draft_change(SYSTEM, uuid7(), province=province, name="Thử", day=20270101)
    write_change(
        SYSTEM, made,
        a_change(20270101, ends=[a, b], begins=[new], edges=[(a, new), (b, new)]),
    )  # fmt: skip
    MapChange.objects.update(state=ChangeState.CONFIRMED)
    run_changes(SYSTEM)

    remove_demo(SYSTEM)

    assert UnitMap.objects.count() == 1
    assert not Unit.objects.filter(key=new.key).exists()
    assert not MapChange.objects.exists()
