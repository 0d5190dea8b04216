from datetime import date

import pytest

from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.queries import SYSTEM
from senhong.org.services import add_partner
from senhong.org.tests.make import a_province, a_unit, an_actor
from senhong.plans import queries
from senhong.plans.errors import (
    PaceDisordered,
    PaceNotOfProvince,
    PlanDaysDisordered,
    PlanInRing,
)
from senhong.plans.models import Plan, PlanPartner
from senhong.plans.services import (
    change_directive,
    change_plan,
    end_part,
    make_plan,
    register_directive,
    set_pace_rule,
    take_part,
)
from senhong.plans.tests.make import a_directive, a_plan, directive_facts, plan_facts

pytestmark = pytest.mark.django_db


def test_names_are_kept_in_one_spelling() -> None:
    province, plan_id = a_province(), uuid7()
    spelt = plan_facts(province, name="Tha\u0301ng  Thanh nie\u0302n")

    for _ in range(2):
        make_plan(SYSTEM, plan_id, spelt)

    assert Plan.objects.get().name == "Tháng Thanh niên"


def test_registering_and_planning_twice_is_no_mistake() -> None:
    province, directive_id, plan_id = a_province(), uuid7(), uuid7()

    for _ in range(2):
        register_directive(SYSTEM, directive_id, directive_facts(province))
        make_plan(SYSTEM, plan_id, plan_facts(province))

    assert list(Event.objects.values_list("name", flat=True).filter(name__contains=".made")) == [
        "plan.made"
    ]
    with pytest.raises(IdReused):
        register_directive(SYSTEM, directive_id, directive_facts(province, number="301"))
    with pytest.raises(IdReused):
        make_plan(SYSTEM, plan_id, plan_facts(province, name="Khác"))


def test_dates_are_in_order() -> None:
    with pytest.raises(PlanDaysDisordered) as refused:
        a_plan(from_day=20230301, to_day=20230301)

    assert "28/02/2023" in str(refused.value)


def test_a_plan_never_hangs_below_itself() -> None:
    top = a_plan()
    middle = a_plan(top.unit, parent=top)
    low = a_plan(top.unit, parent=middle)

    with pytest.raises(PlanInRing):
        change_plan(SYSTEM, top, plan_facts(top.unit, parent=low))
    with pytest.raises(PlanInRing):
        change_plan(SYSTEM, top, plan_facts(top.unit, parent=top))


def test_a_directive_never_hangs_below_itself() -> None:
    top = a_directive()
    low = a_directive(top.unit, parent=top)

    with pytest.raises(PlanInRing):
        change_directive(SYSTEM, top, directive_facts(top.unit, parent=low))


def test_a_child_may_cross_its_parents_dates_and_says_so() -> None:
    year = a_plan()
    month = a_plan(year.unit, parent=year, from_day=20230301, to_day=20230401)
    longer = a_plan(year.unit, parent=year, from_day=20230301, to_day=20240201)

    assert not month.crosses(year)
    assert longer.crosses(year)


def test_a_change_keeps_what_it_was() -> None:
    plan = a_plan(name="Cũ")

    change_plan(SYSTEM, plan, plan_facts(plan.unit, name="Mới"))
    change_plan(SYSTEM, plan, plan_facts(plan.unit, name="Mới"))

    assert Plan.objects.get().name == "Mới"
    assert Event.objects.get(name="plan.changed").facts["title"] == ["Cũ", "Mới"]


def test_a_secretary_plans_for_her_commune_only() -> None:
    province = a_province()
    hers, other = a_unit("Xã A", province), a_unit("Xã B", province)
    secretary = an_actor("plan.edit", at=hers)
    mine = make_plan(secretary, uuid7(), plan_facts(hers))

    with pytest.raises(Forbidden):
        make_plan(secretary, uuid7(), plan_facts(other))
    with pytest.raises(Forbidden):
        change_plan(secretary, mine, plan_facts(other))
    with pytest.raises(Forbidden):
        register_directive(secretary, uuid7(), directive_facts(hers))


def test_a_partner_takes_part_between_dates() -> None:
    plan, id = a_plan(), uuid7()
    bank = add_partner(SYSTEM, uuid7(), unit=plan.unit, name="Ngân hàng A")

    for _ in range(2):
        part = take_part(SYSTEM, id, plan=plan, partner=bank, part="tài trợ", from_day=20230101)
    end_part(SYSTEM, part, to_day=20230701)

    assert PlanPartner.objects.get().last_on == date(2023, 6, 30)
    assert [each.partner.name for each in queries.parts_of(SYSTEM, plan)] == ["Ngân hàng A"]
    with pytest.raises(IdReused):
        take_part(SYSTEM, id, plan=plan, partner=bank, part="khác", from_day=20230101)
    with pytest.raises(PlanDaysDisordered):
        end_part(SYSTEM, part, to_day=20230101)


def test_thresholds_belong_to_the_province_and_are_in_order() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)

    set_pace_rule(SYSTEM, uuid7(), unit=province, ahead_percent=120, on_pace_percent=80)
    set_pace_rule(SYSTEM, uuid7(), unit=province, ahead_percent=130, on_pace_percent=80)

    assert queries.pace_rule_of(province) == queries.Thresholds(130, 80)
    last = Event.objects.filter(name="pace-rule.set").latest("pk")
    assert last.facts["ahead_percent"] == [120, 130]
    with pytest.raises(PaceDisordered):
        set_pace_rule(SYSTEM, uuid7(), unit=province, ahead_percent=80, on_pace_percent=80)
    with pytest.raises(PaceNotOfProvince):
        set_pace_rule(SYSTEM, uuid7(), unit=commune, ahead_percent=120, on_pace_percent=80)
    with pytest.raises(Forbidden):
        set_pace_rule(
            an_actor("target.set", at=commune),
            uuid7(), unit=province, ahead_percent=120, on_pace_percent=80,
        )  # fmt: skip
