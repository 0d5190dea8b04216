"""A split adds up, stays so, and is remembered."""

import pytest
from django.db.models import Sum

from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, a_unit, an_actor
from senhong.plans import queries
from senhong.plans.errors import (
    NothingToSplit,
    ShareNotBelow,
    ShareOfAnother,
    ShareOutOfRange,
    SplitNotExact,
    SplitOvertaken,
    TargetIsShare,
    TargetIsSplit,
    TargetQuantityTooSmall,
)
from senhong.plans.models import Target, TargetRevision, Wording
from senhong.plans.services import Share, Split, set_target, split_target, withdraw_target
from senhong.plans.tests.make import a_plan, a_split, a_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> Target:
    """A province's target of 100, with two districts below, each with two communes."""
    province = a_province("Tỉnh A", huyện_B=["Xã 1", "Xã 2"], huyện_C=["Xã 3", "Xã 4"])
    return a_target(province, quantity=100)


def unit(name: str) -> Unit:
    return next(each for each in Unit.objects.all() if each.title == name)


def share_of(target: Target, name: str) -> Target:
    return Target.objects.select_related("unit", "plan", "indicator", "parent__unit").get(
        parent=target, unit=unit(name), is_own=False
    )


def quantities(target: Target) -> dict[str, int]:
    return {
        "own" if share.is_own else share.unit.title: share.quantity
        for share in queries.shares_of(target)
    }


def test_a_target_is_split_with_a_part_of_its_own(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 30, "own": 10})

    assert quantities(whole) == {"Huyện B": 60, "Huyện C": 30, "own": 10}
    share = share_of(whole, "Huyện B")
    assert (share.plan, share.indicator, share.wording) == (
        whole.plan, whole.indicator, whole.wording,
    )  # fmt: skip
    facts = Event.objects.get(name="target.split").facts
    assert (facts["parts"], facts["quantity"]) == (3, [100, 100])


def test_sending_twice_splits_once_and_an_id_names_one_act(whole: Target) -> None:
    id = uuid7()

    a_split(whole, {"Huyện B": 60, "Huyện C": 40}, id=id)
    a_split(whole, {"Huyện B": 60, "Huyện C": 40}, id=id)

    assert TargetRevision.objects.filter(act=id).count() == 2
    with pytest.raises(IdReused):
        a_split(whole, {"Huyện B": 50, "Huyện C": 50}, id=id)


@pytest.mark.parametrize(
    "shares", [{"Huyện B": 60, "Huyện C": 39}, {"Huyện B": 60, "Huyện C": 41}, {}]
)
def test_a_split_that_does_not_add_up_changes_nothing(
    whole: Target, shares: dict[str, int]
) -> None:
    with pytest.raises(SplitNotExact):
        a_split(whole, shares)

    assert not queries.is_split(whole)
    assert not TargetRevision.objects.exists()


def test_only_units_directly_below_get_a_share_and_each_once(whole: Target) -> None:
    def shared(*shares: tuple[Unit, int]) -> None:
        given = [Share(unit=each, quantity=quantity) for each, quantity in shares]
        split_target(SYSTEM, uuid7(), whole, Split(seen=100, shares=given))

    with pytest.raises(ShareNotBelow):
        shared((unit("Xã 1"), 100))
    with pytest.raises(ShareNotBelow):
        shared((unit("Huyện B"), 50), (unit("Huyện B"), 50))
    with pytest.raises(ShareNotBelow):
        shared((a_province("Tỉnh khác"), 100))
    with pytest.raises(ShareOutOfRange):
        shared((unit("Huyện B"), 101), (unit("Huyện C"), -1))


def test_a_unit_without_units_below_splits_nothing() -> None:
    target = a_target(a_unit("Xã A", a_province()), quantity=5)

    with pytest.raises(NothingToSplit):
        split_target(
            SYSTEM, uuid7(), target,
            Split(seen=5, shares=[Share(unit=target.unit, quantity=5)]),
        )  # fmt: skip


def test_splitting_again_keeps_the_reason_and_both_values(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 40})

    a_split(whole, {"Huyện B": 50, "Huyện C": 50}, reason="Huyện C thêm đội hình")

    [b, c] = TargetRevision.objects.filter(reason="Huyện C thêm đội hình").order_by(
        "target__unit__name"
    )
    assert (b.old_quantity, b.new_quantity) == (60, 50)
    assert (c.old_quantity, c.new_quantity) == (40, 50)
    assert [each.old_quantity for each in TargetRevision.objects.filter(reason="")] == [None, None]


def test_a_note_of_one_share_stands_with_its_revision(whole: Target) -> None:
    shares = [
        Share(unit=unit("Huyện B"), quantity=60, note="đông thành viên"),
        Share(unit=unit("Huyện C"), quantity=40),
    ]

    split_target(SYSTEM, uuid7(), whole, Split(seen=100, shares=shares, reason="Chia lần đầu"))

    assert {each.reason for each in TargetRevision.objects.all()} == {
        "đông thành viên", "Chia lần đầu",
    }  # fmt: skip


def test_who_is_named_no_more_keeps_nothing_and_is_asked_for_nothing(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 40})

    a_split(whole, {"Huyện C": 100})

    assert quantities(whole)["Huyện B"] == 0
    assert queries.targets_of(SYSTEM, unit("Huyện B"), 20230320) == []
    assert queries.parts_to_split(whole)[0].quantity == 0


def test_the_whole_changes_with_its_shares_in_one_act(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 40})

    a_split(whole, {"Huyện B": 90, "Huyện C": 60}, quantity=150)

    whole.refresh_from_db()
    assert whole.quantity == 150
    kept = TargetRevision.objects.get(target=whole)
    assert (kept.old_quantity, kept.new_quantity) == (100, 150)
    with pytest.raises(TargetQuantityTooSmall):
        a_split(whole, {"Huyện B": 0, "Huyện C": 0}, quantity=0)


def test_a_share_that_is_split_hands_its_change_on_in_proportion(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 40})
    share = share_of(whole, "Huyện B")
    a_split(share, {"Xã 1": 40, "Xã 2": 15, "own": 5})

    a_split(whole, {"Huyện B": 31, "Huyện C": 69}, reason="Giảm")

    share.refresh_from_db()
    assert share.quantity == 31
    assert quantities(share) == {"Xã 1": 21, "Xã 2": 8, "own": 2}
    assert TargetRevision.objects.filter(reason="Giảm").count() == 5


def test_a_target_that_a_unit_was_given_becomes_its_share(whole: Target) -> None:
    given = a_target(unit("Huyện B"), quantity=55, plan=whole.plan)

    a_split(whole, {"Huyện B": 60, "Huyện C": 40})

    given.refresh_from_db()
    assert (given.parent_id, given.quantity) == (whole.pk, 60)


def test_a_share_of_one_whole_is_not_taken_by_another() -> None:
    province = a_province("Tỉnh A", huyện_B=["Xã 1"])
    whole = a_target(province, quantity=10)
    a_split(whole, {"Huyện B": 10})
    share = share_of(whole, "Huyện B")
    Target.objects.filter(pk=share.pk).update(unit=unit("Xã 1"))
    given = a_target(unit("Huyện B"), quantity=10, plan=whole.plan)

    with pytest.raises(ShareOfAnother):
        a_split(given, {"Xã 1": 10})


def test_neither_a_share_nor_what_was_split_changes_alone(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 40})
    share = share_of(whole, "Huyện B")

    def set_to(target: Target, quantity: int) -> None:
        set_target(
            SYSTEM, uuid7(), plan=target.plan, unit=target.unit, indicator=target.indicator,
            wording=Wording(target.wording), quantity=quantity, from_day=target.from_day,
            to_day=target.to_day,
        )  # fmt: skip

    with pytest.raises(TargetIsShare):
        set_to(share, 61)
    with pytest.raises(TargetIsSplit):
        set_to(whole, 101)
    with pytest.raises(TargetIsShare):
        withdraw_target(SYSTEM, share)
    with pytest.raises(TargetIsShare):
        a_split(share, {"Xã 1": 61}, quantity=61)


def test_withdrawing_the_whole_withdraws_its_shares(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 40})
    a_split(share_of(whole, "Huyện B"), {"Xã 1": 60})

    withdraw_target(SYSTEM, whole)

    assert not Target.objects.exists()
    assert Event.objects.get(name="target.withdrawn").facts["quantity"] == 100


def test_who_decides_on_an_old_reading_is_told(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 60}, quantity=120)

    with pytest.raises(SplitOvertaken):
        a_split(whole, {"Huyện B": 60, "Huyện C": 40}, seen=100)


def test_a_secretary_splits_the_target_of_her_unit_only(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 40})
    share = share_of(whole, "Huyện B")
    secretary = an_actor("target.set", at=share.unit)
    shares = [Share(unit=unit("Xã 1"), quantity=60)]

    split_target(secretary, uuid7(), share, Split(seen=60, shares=shares))

    with pytest.raises(Forbidden):
        split_target(
            secretary, uuid7(), whole,
            Split(seen=100, shares=[Share(unit=share.unit, quantity=100)]),
        )  # fmt: skip


def test_a_changed_quantity_is_kept_with_its_reason() -> None:
    target = a_target(quantity=200)

    a_target(target.unit, plan=target.plan, quantity=250, reason="Tỉnh giao thêm")

    kept = TargetRevision.objects.get()
    assert (kept.target, kept.old_quantity, kept.new_quantity) == (target, 200, 250)
    assert kept.reason == "Tỉnh giao thêm"


def test_shares_stand_at_the_whole_and_with_their_own_unit(whole: Target) -> None:
    a_split(whole, {"Huyện B": 60, "Huyện C": 30, "own": 10})
    in_b = an_actor("plan.view", at=unit("Huyện B"))

    assert queries.targets_of_plan(SYSTEM, whole.plan) == [whole]
    assert [each.unit.title for each in queries.targets_of_plan(in_b, whole.plan)] == ["Huyện B"]
    assert queries.targets_of(SYSTEM, whole.unit, 20230320) == [whole]


@pytest.mark.parametrize("communes", [2, 40])
def test_a_split_takes_the_same_queries_however_many_units(
    communes: int, django_assert_max_num_queries: object
) -> None:
    province = a_province()
    for number in range(communes):
        a_unit(f"Xã {number}", province)
    whole = a_target(province, quantity=1000, plan=a_plan(province))

    with django_assert_max_num_queries(16):  # type: ignore[operator]
        a_split(whole, {f"Xã {n}": 1000 // communes for n in range(communes)})

    assert whole.shares.aggregate(Sum("quantity"))["quantity__sum"] == 1000
