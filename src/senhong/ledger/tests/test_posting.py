from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.core.rows import on_postgresql, run
from senhong.ledger import services
from senhong.ledger.models import Posting, Total
from senhong.ledger.queries import postings_with_ids, wrong_totals
from senhong.ledger.services import NewPosting, Outcome, post, reversal_of
from senhong.ledger.tests.make import a_posting, an_indicator, posted
from senhong.org.models import Unit
from senhong.org.services import found_installation, restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_province, a_unit

pytestmark = pytest.mark.django_db


def quantity_of(unit: Unit) -> int:
    found = Total.objects.filter(unit=unit, span=0, period=202303).values_list(
        "quantity", flat=True
    )
    return sum(found)


def original(new: NewPosting) -> Posting:
    return postings_with_ids(new.province_id, [new.id])[0]


def test_sending_again_records_once() -> None:
    commune = a_unit("Xã A")
    batch = [a_posting(commune, quantity=2), a_posting(commune, quantity=3)]

    assert post(SYSTEM, batch) == [Outcome.RECORDED] * 2
    assert post(SYSTEM, batch) == [Outcome.ALREADY_RECORDED] * 2
    assert quantity_of(commune) == 5


def test_the_same_id_with_other_facts_is_a_conflict() -> None:
    commune = a_unit("Xã A")
    new = a_posting(commune)
    post(SYSTEM, [new])

    for bent in ({"quantity": 2}, {"day": 20230316}, {"source_kind": "other"}):
        assert post(SYSTEM, [replace(new, **bent)]) == [Outcome.CONFLICT]
    assert quantity_of(commune) == 1


def test_the_same_id_in_another_province_is_a_conflict() -> None:
    here, there = a_unit("Xã A"), a_unit("Xã B")
    new = a_posting(here)
    post(SYSTEM, [new])

    other = replace(a_posting(there), id=new.id)

    assert post(SYSTEM, [other]) == [Outcome.CONFLICT]
    assert post(SYSTEM, [a_posting(there), other]) == [Outcome.RECORDED, Outcome.CONFLICT]
    assert quantity_of(there) == 1


def test_an_id_that_comes_twice_is_judged_in_the_order_of_the_batch() -> None:
    commune = a_unit("Xã A")
    new, other = a_posting(commune), a_posting(commune)
    bent = replace(new, quantity=7)

    outcomes = post(SYSTEM, [new, other, new, bent])

    assert outcomes == [
        Outcome.RECORDED, Outcome.RECORDED, Outcome.ALREADY_RECORDED, Outcome.CONFLICT,
    ]  # fmt: skip
    assert quantity_of(commune) == 2


def test_a_posting_before_the_first_day_of_its_unit_is_refused_alone() -> None:
    old = a_unit("Xã A")
    new = a_new_unit("Xã B", old.province)
    restructure(SYSTEM, a_change(20230310, ends=[old], begins=[new], edges=[(old, new)]))
    unit = Unit.objects.get(key=new.key)

    outcomes = post(
        SYSTEM,
        [
            a_posting(unit, day=20230309),
            a_posting(unit, day=20230310),
            a_posting(old, day=20230312),
        ],
    )

    assert outcomes == [Outcome.NOT_STANDING, Outcome.RECORDED, Outcome.RECORDED]
    assert wrong_totals() == []


def test_a_unit_has_no_postings_in_another_province() -> None:
    here, there = a_unit("Xã A"), a_unit("Xã B")
    astray = replace(a_posting(here), province_id=there.province_id or 0)

    assert post(SYSTEM, [astray]) == [Outcome.NOT_STANDING]


def test_a_reversal_takes_a_posting_out_once() -> None:
    commune = a_unit("Xã A")
    new = a_posting(commune, quantity=4)
    post(SYSTEM, [new])
    reversal = reversal_of(original(new))

    assert post(SYSTEM, [reversal]) == [Outcome.RECORDED]
    assert post(SYSTEM, [reversal]) == [Outcome.ALREADY_RECORDED]
    assert post(SYSTEM, [replace(reversal, id=uuid7())]) == [Outcome.ALREADY_REVERSED]
    assert quantity_of(commune) == 0
    assert (reversal.day, reversal.unit_id) == (new.day, new.unit_id)


def test_a_posting_and_its_reversal_may_come_together_in_any_order() -> None:
    commune = a_unit("Xã A")
    new = a_posting(commune, quantity=4)
    back = replace(new, id=uuid7(), quantity=-4, reverses=new.id)

    assert post(SYSTEM, [back, new]) == [Outcome.RECORDED] * 2
    assert quantity_of(commune) == 0


@pytest.mark.parametrize("bent", [{"quantity": -1}, {"day": 20230316}, {"reverses": uuid7()}])
def test_a_reversal_that_is_no_exact_opposite_is_refused_alone(bent: dict[str, Any]) -> None:
    commune = a_unit("Xã A")
    new = a_posting(commune, quantity=4)
    post(SYSTEM, [new])
    back = replace(new, id=uuid7(), quantity=-4, reverses=new.id)

    outcomes = post(SYSTEM, [replace(back, **bent), a_posting(commune)])

    assert outcomes == [Outcome.NO_ORIGINAL, Outcome.RECORDED]


def test_a_reversal_is_never_reversed() -> None:
    commune = a_unit("Xã A")
    new = a_posting(commune, quantity=4)
    back = replace(new, id=uuid7(), quantity=-4, reverses=new.id)
    post(SYSTEM, [new, back])

    again = replace(back, id=uuid7(), reverses=back.id)

    assert post(SYSTEM, [again]) == [Outcome.NO_ORIGINAL]
    assert post(SYSTEM, [replace(again, quantity=4)]) == [Outcome.NO_ORIGINAL]


def test_the_original_of_a_reversal_is_not_looked_for_in_another_province() -> None:
    here, there = a_unit("Xã A"), a_unit("Xã B")
    new = a_posting(here)
    post(SYSTEM, [new])
    copy = replace(a_posting(there), id=new.id)
    back = replace(copy, id=uuid7(), quantity=-1, reverses=new.id)

    assert post(SYSTEM, [copy, back]) == [Outcome.CONFLICT, Outcome.NO_ORIGINAL]


@pytest.mark.parametrize("number", [1, 200])
def test_posting_takes_at_most_six_statements_whatever_the_number(number: int) -> None:
    province = a_province("Tỉnh A", huyen_a=["Xã 1", "Xã 2"])
    communes = list(Unit.objects.filter(level="commune", province=province))
    news = [a_posting(communes[n % 2], day=20230301 + n % 28) for n in range(number)]
    backs = [replace(new, id=uuid7(), quantity=-1, reverses=new.id) for new in news]
    post(SYSTEM, news[:1])

    with CaptureQueriesContext(connection) as queries:
        post(SYSTEM, [*news, *backs])

    sent = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(sent) <= 6, sent
    assert wrong_totals() == []


def test_an_empty_batch_is_answered_without_a_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert post(SYSTEM, []) == []

    assert [query for query in queries if "SAVEPOINT" not in query["sql"]] == []


def a_row(unit: Unit, **facts: Any) -> Posting:
    usual = {
        "province_id": unit.province_id, "id": uuid7(), "unit": unit, "indicator": an_indicator(),
        "day": 20230315, "quantity": 4, "source_kind": "test", "recorded_at": clock.now(),
    }  # fmt: skip
    return Posting(**usual | facts)


class TestTheDatabaseItselfRefuses:
    """Whoever goes round ``post``, with the latch shut as in an installation."""

    @pytest.fixture(autouse=True)
    def shut(self, db: None) -> None:
        run("DELETE FROM ledger_latch")

    def refused(self, statement: str) -> bool:
        with pytest.raises(IntegrityError), transaction.atomic():
            run(statement)
        return True

    def test_to_change_or_delete_a_posting(self) -> None:
        posted(SYSTEM, a_unit("Xã A"))

        assert self.refused("UPDATE ledger_posting SET quantity = 9")
        assert self.refused("DELETE FROM ledger_posting")
        if on_postgresql():
            run("SET CONSTRAINTS ALL IMMEDIATE")  # else the waiting foreign keys refuse first
            assert self.refused("TRUNCATE ledger_posting CASCADE")

    def test_a_posting_without_a_quantity(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            a_row(a_unit("Xã A"), quantity=0).save(force_insert=True)

    def test_a_reversal_that_is_no_opposite(self) -> None:
        commune = a_unit("Xã A")
        id = posted(SYSTEM, commune, quantity=4)

        for bent in ({"quantity": -3}, {"day": 20230316, "quantity": -4}):
            with pytest.raises(IntegrityError), transaction.atomic():
                a_row(commune, reverses=id, **bent).save(force_insert=True)

    def test_a_reversal_of_a_reversal(self) -> None:
        commune = a_unit("Xã A")
        new = a_posting(commune, quantity=4)
        back = replace(new, id=uuid7(), quantity=-4, reverses=new.id)
        post(SYSTEM, [new, back])

        with pytest.raises(IntegrityError), transaction.atomic():
            a_row(commune, reverses=back.id, quantity=-4).save(force_insert=True)

    def test_but_a_demo_may_be_emptied_and_the_latch_is_shut_again(self) -> None:
        commune = a_unit("Xã A")
        posted(SYSTEM, commune)
        assert commune.province is not None
        found_installation(SYSTEM, province=commune.province, demo_reading_on=clock.today())

        services.empty_ledger(SYSTEM)

        assert not Posting.objects.exists()
        assert not Total.objects.exists()
        posted(SYSTEM, commune)
        assert self.refused("DELETE FROM ledger_posting")

    def test_and_a_real_installation_is_never_emptied(self) -> None:
        commune = a_unit("Xã A")
        posted(SYSTEM, commune)
        assert commune.province is not None
        found_installation(SYSTEM, province=commune.province)

        services.empty_ledger(SYSTEM)

        assert Posting.objects.count() == 1
