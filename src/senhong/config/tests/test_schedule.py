"""What is done again and again is done once, by whichever worker comes first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from senhong.config import serving
from senhong.config.models import Recurrence
from senhong.config.queries import recurrences
from senhong.config.schedule import SCHEDULE, Recurring
from senhong.config.services import enter_schedule, take_up_recurrences
from senhong.config.serving import WORKER, run_schedule, work_jobs
from senhong.core import clock
from senhong.ledger.tests.database import a_copy_of_the_database

NOON = datetime(2026, 3, 20, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def entered(*schedule: Recurring) -> tuple[Recurring, ...]:
    enter_schedule([one.name for one in schedule])
    return schedule


@pytest.mark.django_db
def test_it_runs_at_once_and_then_as_often_as_it_says() -> None:
    ran: list[datetime] = []
    with time_machine.travel(NOON, tick=False) as machine:
        schedule = entered(Recurring("a", MINUTE, lambda: ran.append(clock.now())))
        for _second in range(180):
            run_schedule(schedule)
            machine.shift(1)

    assert ran == [NOON, NOON + MINUTE, NOON + 2 * MINUTE]


@pytest.mark.django_db
def test_what_was_missed_is_done_once_and_not_as_often_as_it_was_missed() -> None:
    ran: list[int] = []
    with time_machine.travel(NOON, tick=False) as machine:
        schedule = entered(Recurring("a", MINUTE, lambda: ran.append(1)))
        run_schedule(schedule)
        machine.shift(timedelta(days=3))
        for _look in range(3):
            run_schedule(schedule)

    assert len(ran) == 2


@pytest.mark.django_db
def test_a_mistake_in_one_keeps_no_other_from_running() -> None:
    ran: list[int] = []

    def broken() -> None:
        raise RuntimeError("Nguyễn Văn An")

    schedule = entered(
        Recurring("a", MINUTE, broken), Recurring("b", MINUTE, lambda: ran.append(1))
    )

    assert run_schedule(schedule) == ["a", "b"]

    rows = recurrences()
    assert (rows["a"].failure, rows["b"].failure) == ("RuntimeError", "")
    assert rows["a"].ended_at is not None


@pytest.mark.django_db
def test_who_was_stopped_in_the_middle_begins_anew_and_others_are_left_alone() -> None:
    now = clock.now()
    later = now + timedelta(days=1)
    for name, worker, ended_at in (("a", WORKER, None), ("b", "x", None), ("c", WORKER, now)):
        Recurrence.objects.create(
            name=name, worker=worker, began_at=now, ended_at=ended_at, next_at=later
        )

    assert take_up_recurrences(WORKER) == 1

    due = Recurrence.objects.filter(next_at__lt=later)
    assert list(due.values_list("name", flat=True)) == ["a"]


@pytest.mark.django_db
def test_looking_at_an_idle_schedule_is_one_query_and_no_transaction() -> None:
    entered(*SCHEDULE)
    Recurrence.objects.update(next_at=clock.now() + timedelta(hours=1))

    with CaptureQueriesContext(connection) as seen:
        run_schedule()

    assert len(seen) == 1
    assert seen[0]["sql"].startswith("SELECT")


@pytest.mark.django_db
def test_everything_of_the_schedule_runs_where_there_is_nothing_to_do() -> None:
    entered(*SCHEDULE)

    assert set(run_schedule()) == {one.name for one in SCHEDULE}

    assert {row.failure for row in recurrences().values()} == {""}
    assert len({one.name for one in SCHEDULE}) == len(SCHEDULE)


@pytest.mark.django_db
def test_the_command_lists_last_and_next_runs() -> None:
    said = StringIO()
    call_command("schedule", stdout=said)
    before = said.getvalue()

    with time_machine.travel(NOON, tick=False):
        entered(*SCHEDULE)
        run_schedule()
    said = StringIO()
    call_command("schedule", stdout=said)

    assert "when the server starts" in before
    [line] = [line for line in said.getvalue().splitlines() if line.startswith("send-deliveries")]
    assert line.split() == [
        "send-deliveries", "every", "30", "s", "last", "2026-03-20", "12:00:00",
        "next", "2026-03-20", "12:00:30",
    ]  # fmt: skip


@pytest.fixture
def a_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    with django_db_blocker.unblock(), a_copy_of_the_database(tmp_path):
        yield


@pytest.mark.usefixtures("a_database")
def test_of_many_workers_one_runs_it() -> None:
    ran: list[str] = []
    names = [f"job-{number}" for number in range(20)]
    schedule = entered(*(Recurring(name, MINUTE, partial(ran.append, name)) for name in names))

    def work(_number: int) -> list[str]:
        try:
            return run_schedule(schedule)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        claimed = [name for found in pool.map(work, range(4)) for name in found]

    assert sorted(claimed) == sorted(ran) == sorted(names)


@pytest.mark.usefixtures("a_database")
def test_the_worker_of_the_serving_process_keeps_to_the_schedule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "_IDLE_S", 0)
    stop = Event()

    def work() -> None:
        work_jobs(stop)
        connection.close()

    worker = Thread(target=work)
    worker.start()
    try:
        for _look in range(10_000):
            if all(row.ended_at for row in recurrences().values()) and recurrences():
                break
    finally:
        stop.set()
        worker.join()

    assert set(recurrences()) == {one.name for one in SCHEDULE}
