"""A practice is adopted once by each unit, and counted there."""

from datetime import date

import pytest
import time_machine

from senhong.audit.models import Event
from senhong.core.actor import Actor
from senhong.core.errors import DomainError, Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.ledger.models import Posting
from senhong.ledger.queries import get_indicator, wrong_totals
from senhong.ledger.services import IndicatorFacts, change_indicator
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM, planned_change
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province, an_actor
from senhong.practices.errors import (
    AdoptedInFuture,
    AdoptedTooEarly,
    AdopterNotStanding,
    AdoptionNotCounted,
    AlreadyAdopted,
    OwnPractice,
    PracticeNotShared,
)
from senhong.practices.models import COUNTED, Adoption, Practice, PracticeState
from senhong.practices.queries import units_to_adopt
from senhong.practices.services import adopt_practice, change_practice, withdraw_adoption
from senhong.practices.tests.make import (
    ADOPTED_ON,
    a_practice,
    an_adoption,
    figures_of,
    practice_facts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes() -> list[Unit]:
    """A, where a practice started, B and C, in one district."""
    province = a_province("Tỉnh P", huyện_Q=["Xã A", "Xã B", "Xã C"])
    found = Unit.objects.filter(province=province, level="commune").order_by("pk")
    return list(found.select_related("province"))


def adopted(
    practice: Practice, unit: Unit, on: date = ADOPTED_ON, actor: Actor = SYSTEM
) -> Adoption:
    return adopt_practice(actor, uuid7(), practice, unit=unit, adopted_on=on)


def test_an_adoption_is_counted_once_at_the_unit_on_its_day(communes: list[Unit]) -> None:
    a, b, _c = communes

    adoption = an_adoption(a_practice(a), b)

    assert figures_of(b) == {COUNTED: 1}
    assert figures_of(a) == {}
    posting = Posting.objects.get()
    assert (posting.day, posting.source_id) == (20230315, adoption.pk)


def test_sending_again_adopts_once(communes: list[Unit]) -> None:
    practice, id = a_practice(communes[0]), uuid7()
    facts = {"unit": communes[1], "adopted_on": ADOPTED_ON, "note": "ở chợ xã"}

    first = adopt_practice(SYSTEM, id, practice, **facts)  # type: ignore[arg-type]
    second = adopt_practice(SYSTEM, id, practice, **facts)  # type: ignore[arg-type]

    assert first == second
    assert figures_of(communes[1]) == {COUNTED: 1}
    assert Event.objects.filter(name="practice.adopted").count() == 1
    with pytest.raises(IdReused):
        adopt_practice(SYSTEM, id, practice, unit=communes[2], adopted_on=ADOPTED_ON)


def test_a_unit_adopts_once_and_its_starter_never(communes: list[Unit]) -> None:
    a, b, _c = communes
    practice = a_practice(a)
    an_adoption(practice, b)

    with pytest.raises(AlreadyAdopted):
        adopted(practice, b, date(2023, 4, 1))
    with pytest.raises(OwnPractice):
        adopted(practice, a)


@pytest.mark.parametrize(
    ("on", "refused"),
    [(date(2023, 1, 14), AdoptedTooEarly), (date(2023, 3, 21), AdoptedInFuture)],
)
def test_a_day_that_cannot_be_is_refused(
    communes: list[Unit], on: date, refused: type[DomainError]
) -> None:
    with time_machine.travel("2023-03-20T09:00:00+07:00", tick=False):
        practice = a_practice(communes[0])

        with pytest.raises(refused):
            adopted(practice, communes[1], on)


@pytest.mark.parametrize("state", [PracticeState.DRAFT, PracticeState.ENDED])
def test_only_what_is_shared_is_adopted(communes: list[Unit], state: PracticeState) -> None:
    with pytest.raises(PracticeNotShared):
        adopted(a_practice(communes[0], state=state), communes[1])


def test_withdrawing_takes_it_off_its_own_day_and_leaves_room_to_adopt_anew(
    communes: list[Unit],
) -> None:
    practice, b = a_practice(communes[0]), communes[1]
    adoption = an_adoption(practice, b)

    withdraw_adoption(SYSTEM, adoption)
    withdraw_adoption(SYSTEM, adoption)

    assert figures_of(b) == {}
    assert sorted(Posting.objects.values_list("day", "quantity")) == [(20230315, -1), (20230315, 1)]
    assert Event.objects.filter(name="practice.adoption-withdrawn").count() == 1
    adopted(practice, b, date(2023, 5, 1))
    assert figures_of(b) == {COUNTED: 1}
    assert wrong_totals() == []


def test_what_became_of_a_unit_has_adopted_what_it_adopted(communes: list[Unit]) -> None:
    a, b, c = communes
    practice, other = a_practice(a), a_practice(c, name="Tổ trực tối thứ ba")
    an_adoption(practice, b)
    new = a_new_unit("Xã Mới", Unit.objects.get(level="district"))
    restructure(SYSTEM, a_change(20250701, ends=[b, c], begins=[new], edges=[(b, new), (c, new)]))
    merged = Unit.objects.select_related("province").get(key=new.key)

    with pytest.raises(AlreadyAdopted):
        adopted(practice, merged, date(2025, 8, 1))
    with pytest.raises(OwnPractice):
        adopted(other, merged, date(2025, 8, 1))
    c.refresh_from_db()
    with pytest.raises(AdopterNotStanding):
        adopted(practice, c, date(2025, 8, 1))
    assert wrong_totals() == []


def test_a_unit_that_ended_adopts_nothing_that_it_has_by_what_it_became(
    communes: list[Unit],
) -> None:
    a, b, c = communes
    practice = a_practice(a)
    new = a_new_unit("Xã Mới", Unit.objects.get(level="district"))
    restructure(SYSTEM, a_change(20250701, ends=[b, c], begins=[new], edges=[(b, new), (c, new)]))
    merged = Unit.objects.select_related("province").get(key=new.key)
    adopted(practice, merged, date(2025, 8, 1))
    b.refresh_from_db()

    with pytest.raises(AlreadyAdopted):
        adopted(practice, b, date(2023, 8, 1))
    assert b not in units_to_adopt(SYSTEM, practice, 20230801)


def test_the_dry_run_of_a_merger_tells_of_practices(communes: list[Unit]) -> None:
    a, b, _c = communes
    an_adoption(a_practice(a), b)
    new = a_new_unit("Xã Mới", Unit.objects.get(level="district"))
    change = a_change(20250701, ends=[a, b], begins=[new], edges=[(a, new), (b, new)])

    found = {str(each.what): each.number for each in planned_change(SYSTEM, change).heirs}

    assert found["mô hình khởi xướng hoặc áp dụng"] == 1


def test_days_on_which_the_office_does_not_count_are_refused(communes: list[Unit]) -> None:
    indicator = get_indicator(COUNTED)
    facts = IndicatorFacts.of(indicator)
    change_indicator(SYSTEM, indicator, IndicatorFacts(**vars(facts) | {"to_day": 20230301}))

    with pytest.raises(AdoptionNotCounted):
        adopted(a_practice(communes[0]), communes[1])


def test_who_serves_a_unit_adopts_for_it_and_for_no_other(communes: list[Unit]) -> None:
    a, b, c = communes
    practice = a_practice(a)
    secretary = an_actor("unit.view", "practice.edit", at=b)

    adopted(practice, b, actor=secretary)

    with pytest.raises(Forbidden):
        adopted(practice, c, actor=secretary)
    with pytest.raises(Forbidden):
        withdraw_adoption(secretary, an_adoption(practice, c))
    with pytest.raises(Forbidden):
        change_practice(secretary, practice, practice_facts(name="Của tôi"))


def test_a_merger_takes_nothing_from_who_withdraws_for_an_ended_unit() -> None:
    province = a_province("Tỉnh P", huyện_Q=["Xã A", "Xã B"])
    a, b = Unit.objects.filter(province=province, level="commune").order_by("pk")
    adoption = an_adoption(a_practice(a), b)
    new = a_new_unit("Xã Mới", Unit.objects.get(level="district"))
    restructure(SYSTEM, a_change(20250701, ends=[b], begins=[new], edges=[(b, new)]))

    withdraw_adoption(SYSTEM, adoption)

    assert wrong_totals() == []
    assert figures_of(b) == {}
