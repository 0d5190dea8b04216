"""Many writers at once, with real commits: nothing is lost, nothing counts twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from senhong.core.ids import uuid7
from senhong.ledger.models import Posting, Total
from senhong.ledger.queries import wrong_totals
from senhong.ledger.services import NewPosting, Outcome, post
from senhong.ledger.tests.database import a_copy_of_the_database
from senhong.ledger.tests.make import a_posting, an_indicator
from senhong.org.changes import Change
from senhong.org.models import Unit
from senhong.org.services import restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_province

WRITERS = 8
BATCHES = 12
ROWS = 15


@pytest.fixture
def communes(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[list[Unit]]:
    with django_db_blocker.unblock(), a_copy_of_the_database(tmp_path):
        province = a_province("Tỉnh A", huyen_a=["Xã 1", "Xã 2", "Xã 3"])
        yield list(Unit.objects.filter(province=province, level="commune"))


def batches_of(communes: list[Unit], random: Random) -> list[list[NewPosting]]:
    """Postings, each with a reversal in the same batch for every other one."""
    flow = an_indicator()
    found = []
    for _ in range(BATCHES):
        news = [
            a_posting(random.choice(communes), flow, random.randint(1, 5), day=day)
            for day in random.choices(range(20230301, 20230329), k=ROWS)
        ]
        backs = [
            replace(new, id=uuid7(), quantity=-new.quantity, reverses=new.id) for new in news[::2]
        ]
        found.append(news + backs)
    return found


def writer(number: int, batches: list[list[NewPosting]]) -> list[Outcome]:
    """Sends every batch in an order of its own, with reversal ids of its own."""
    random = Random(number)
    outcomes = []
    try:
        for batch in random.sample(batches, len(batches)):
            mine = [replace(new, id=uuid7()) if new.reverses else new for new in batch]
            outcomes += post(SYSTEM, random.sample(mine, len(mine)))
    finally:
        connection.close()
    return outcomes


def together(work: Callable[[int], list[Outcome]]) -> list[Outcome]:
    with ThreadPoolExecutor(WRITERS) as pool:
        return [outcome for found in pool.map(work, range(WRITERS)) for outcome in found]


def test_eight_writers_of_the_same_rows_record_each_once(communes: list[Unit]) -> None:
    batches = batches_of(communes, Random(1))
    news = [new for batch in batches for new in batch if new.reverses is None]
    backs = [new for batch in batches for new in batch if new.reverses]

    outcomes = together(lambda number: writer(number, batches))

    assert outcomes.count(Outcome.RECORDED) == len(news) + len(backs)
    assert set(outcomes) == {
        Outcome.RECORDED, Outcome.ALREADY_RECORDED, Outcome.ALREADY_REVERSED,
    }  # fmt: skip
    assert Posting.objects.count() == len(news) + len(backs)
    assert wrong_totals() == []
    gone = {new.reverses for new in backs}
    left = sum(new.quantity for new in news if new.id not in gone)
    assert sum(Total.objects.filter(span=1, period=202303).values_list("quantity", flat=True)) == (
        left
    )


def test_a_change_of_the_map_among_writers_loses_nothing(communes: list[Unit]) -> None:
    batches = batches_of(communes, Random(2))
    ended = communes[:2]
    heir = a_new_unit("Xã 9", Unit.objects.get(level="district"))
    change = a_change(20230315, ends=ended, begins=[heir], edges=[(e, heir) for e in ended])

    def work(number: int) -> list[Outcome]:
        return writer(number, batches) if number else _restructured(change)

    together(work)

    rows = sum(len(batch) for batch in batches)
    assert Posting.objects.count() == rows
    assert wrong_totals() == []


def _restructured(change: Change) -> list[Outcome]:
    try:
        restructure(SYSTEM, change)
    finally:
        connection.close()
    return []


def test_the_same_ids_in_two_provinces_never_lock_each_other_out(communes: list[Unit]) -> None:
    other = Unit.objects.filter(
        province=a_province("Tỉnh B", huyen_b=["Xã 4"]), level="commune"
    ).get()
    flow = an_indicator()
    ids: list[UUID] = [uuid7() for _ in range(40)]

    def work(number: int) -> list[Outcome]:
        random = Random(number)
        unit = other if number % 2 else communes[0]
        try:
            batch = [a_posting(unit, flow, id=id) for id in random.sample(ids, len(ids))]
            return post(SYSTEM, batch)
        finally:
            connection.close()

    outcomes = together(work)

    assert outcomes.count(Outcome.RECORDED) == len(ids)
    assert Posting.objects.count() == len(ids)
    assert wrong_totals() == []
