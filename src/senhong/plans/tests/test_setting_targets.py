import pytest

from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.ledger.tests.make import an_indicator
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province, a_unit, an_actor
from senhong.plans.errors import (
    PlanDaysDisordered,
    TargetOutsidePlan,
    TargetQuantityTooSmall,
    TargetUnitNotStanding,
)
from senhong.plans.models import Target, Wording
from senhong.plans.services import set_target, withdraw_target
from senhong.plans.tests.make import a_plan, a_target

pytestmark = pytest.mark.django_db


def test_sending_twice_sets_one_target() -> None:
    plan, id = a_plan(), uuid7()

    first = a_target(plan=plan, id=id)
    again = a_target(plan=plan, id=id)

    assert first == again
    assert Event.objects.filter(name="target.set").count() == 1


def test_setting_again_changes_it_and_the_event_holds_both_values() -> None:
    plan = a_plan()
    first = a_target(plan=plan, quantity=200)

    changed = a_target(plan=plan, quantity=250, wording=Wording.STRIVING_FOR)

    assert changed.pk == first.pk
    assert Target.objects.get().quantity == 250
    facts = Event.objects.get(name="target.changed").facts
    assert facts["quantity"] == [200, 250]
    assert facts["wording"] == ["at-least", "striving-for"]


def test_an_old_act_sent_again_does_not_undo_a_later_change() -> None:
    plan, old = a_plan(), uuid7()
    a_target(plan=plan, id=old, quantity=200)
    a_target(plan=plan, quantity=250)

    a_target(plan=plan, id=old, quantity=200)

    assert Target.objects.get().quantity == 250


def test_an_id_names_one_act() -> None:
    plan, id = a_plan(), uuid7()
    a_target(plan=plan, id=id, quantity=200)

    with pytest.raises(IdReused):
        a_target(plan=plan, id=id, quantity=300)
    with pytest.raises(IdReused):
        a_target(plan=plan, id=id, indicator="platform-turns")


def test_other_periods_and_units_are_other_targets() -> None:
    plan = a_plan()
    a_target(plan=plan)
    a_target(plan=plan, to_day=20230401)
    a_target(unit=a_unit("Huyện A", plan.unit), plan=plan)

    assert Target.objects.count() == 3


def test_a_secretary_sets_targets_for_her_commune_and_for_no_other() -> None:
    plan = a_plan()
    district = a_unit("Huyện A", plan.unit)
    hers, other = a_unit("Xã A", district), a_unit("Xã B", district)
    secretary = an_actor("target.set", at=hers)
    facts = {
        "plan": plan, "indicator": an_indicator("sorties"), "wording": Wording.AT_LEAST,
        "quantity": 5, "from_day": 20230101, "to_day": 20240101,
    }  # fmt: skip

    set_target(secretary, uuid7(), unit=hers, **facts)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        set_target(secretary, uuid7(), unit=other, **facts)  # type: ignore[arg-type]


def test_what_makes_no_sense_is_refused() -> None:
    plan = a_plan()

    with pytest.raises(TargetQuantityTooSmall):
        a_target(plan=plan, quantity=0)
    with pytest.raises(PlanDaysDisordered):
        a_target(plan=plan, from_day=20230301, to_day=20230301)
    with pytest.raises(TargetOutsidePlan):
        a_target(unit=a_province("Tỉnh khác"), plan=plan)


def test_a_unit_that_never_stood_in_the_period_has_no_target() -> None:
    plan = a_plan(a_province())
    old = a_unit("Xã A", a_unit("Huyện A", plan.unit))
    new = a_new_unit("Xã Mới", plan.unit)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old, new)]))
    old.refresh_from_db()

    with pytest.raises(TargetUnitNotStanding):
        a_target(unit=old, plan=plan, from_day=20250701, to_day=20260101)


def test_a_target_set_by_mistake_is_withdrawn_and_remembered() -> None:
    target = a_target(quantity=200)

    withdraw_target(an_actor("target.set", at=target.unit), target)

    assert not Target.objects.exists()
    assert Event.objects.get(name="target.withdrawn").facts["quantity"] == 200
