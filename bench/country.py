"""The whole country's change of its map, in a home of its own: how long, and who waits for it."""

import multiprocessing
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.measures import Facts, share
from tools.live import Home, database_of_its_own

DAY = 20250701
POSTINGS = 1_000_000
_INDICATORS = 10
_FIRST, _DAYS = date(2023, 1, 1), 700  # of postings
_PAUSE_S = 0.02  # between two recordings


def country(home: Home) -> Facts:
    """10,035 communes become 3,321 beside somebody who records, in an installation of its own."""
    with _fresh(home) as empty:
        empty.senhong("migrate", "--verbosity", "0")
        facts: Facts = empty.answer_of("bench.child", "country", timeout_s=3600)
    return facts


@contextmanager
def _fresh(home: Home) -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp(prefix="senhong-country-"))
    try:
        if home.database_url:
            with database_of_its_own(home.database_url) as url:
                yield Home(folder, url)
        else:
            yield Home(folder)
    finally:
        shutil.rmtree(folder)


def restructured() -> Facts:
    """Inside that installation: the map before, its postings, the change, the proof."""
    from senhong.ledger.models import Total  # needs Django
    from senhong.ledger.queries import wrong_totals
    from senhong.org.jobs import BREATH_S
    from senhong.org.queries import SYSTEM
    from senhong.org.services import run_changes

    groups = _prepared()
    context = multiprocessing.get_context("spawn")
    stop, answers = context.Event(), context.Queue()
    writer = context.Process(target=_write, args=[stop, answers])
    writer.start()
    answers.get(timeout=60)  # it records
    begun = time.monotonic()
    turns = [begun]
    groups_s: list[float] = []

    def breathe() -> None:
        groups_s.append(time.monotonic() - turns[-1])
        time.sleep(BREATH_S)
        turns.append(time.monotonic())

    run_changes(SYSTEM, breathe=breathe)
    seconds = time.monotonic() - begun
    stop.set()
    took: list[float] = answers.get(timeout=60)
    writer.join()
    checked = time.monotonic()
    return {
        "groups": groups,
        "day_totals": Total.objects.filter(span=0, period__gt=999999, map__to_day=DAY).count(),
        "change_s": round(seconds, 1),
        "longest_group_s": round(max(groups_s[1:]), 2),  # before the first all are looked at
        "recordings": len(took),
        "wait_p95_ms": round(share(took, 95) * 1000, 1),
        "longest_wait_ms": round(max(took, default=0) * 1000, 1),
        "wrong": len(wrong_totals()),
        "check_s": round(time.monotonic() - checked, 1),
    }


def _prepared() -> int:
    """The country before, and the change confirmed. How many groups of provinces it has."""
    from senhong.core.ids import uuid7  # needs Django
    from senhong.org.models import ChangeState, MapChange, Unit
    from senhong.org.queries import SYSTEM, change_groups, change_in, pending_units
    from senhong.org.services import Change, draft_change, import_units, write_change
    from senhong.org.unit_files import read_country

    pending = pending_units(read_country())
    before = [change for change in pending.changes if change.day < DAY]
    import_units(SYSTEM, replace(pending, changes=before))
    _seed()
    parts = [change for change in pending.changes if change.day == DAY]
    whole = Change(
        DAY,
        [key for part in parts for key in part.ends],
        [unit for part in parts for unit in part.begins],
        [edge for part in parts for edge in part.edges],
    )
    province = Unit.objects.select_related("province").get(key="P87-2")
    made = draft_change(SYSTEM, uuid7(), province=province, name="01/07/2025", day=DAY)
    write_change(SYSTEM, made, whole)
    MapChange.objects.filter(pk=made.pk).update(state=ChangeState.CONFIRMED)
    return len(change_groups(change_in(made)))


def _seed() -> None:
    """Straight into the table with its triggers on; then all totals."""
    from bench import seed  # needs Django
    from bench.indicators import make_missing
    from senhong.core.days import as_day, each_day
    from senhong.core.rows import run
    from senhong.org.models import Unit

    make_missing(_INDICATORS)
    seed.speed_up()
    last = _FIRST + timedelta(days=_DAYS - 1)
    communes = Unit.objects.filter(level="commune").standing(as_day(last)).order_by("pk")
    places = list(communes.values_list("province_id", "pk"))
    chosen = seed.indicators()[:_INDICATORS]
    for table, columns, rows in (
        ("bench_day", "position int PRIMARY KEY, day int",
         [*enumerate(each_day(as_day(_FIRST), as_day(last)))]),
        ("bench_place", "position int PRIMARY KEY, province_id int, unit_id int",
         [(n, *place) for n, place in enumerate(places)]),
        ("bench_indicator", "position int PRIMARY KEY, indicator_id int",
         [(n, each.pk) for n, each in enumerate(chosen)]),
    ):  # fmt: skip
        run(f"CREATE TABLE {table} ({columns})")
        seed.fill(table, rows)
        run(f"ANALYZE {table}")
    _insert(len(places))
    seed.total_up()
    seed.tell_the_planner()


def _insert(places: int) -> None:
    from django.db import transaction  # needs Django

    from bench import seed
    from senhong.core.rows import run

    with transaction.atomic():
        run(
            f"""
            WITH RECURSIVE numbers(n) AS (
              SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
            INSERT INTO ledger_posting (province_id, id, unit_id, indicator_id, day, quantity,
              source_kind, source_id, activity_id, recorded_by, recorded_at, reverses)
            SELECT p.province_id, {seed.uuid_of(seed.IDS, "n")}, p.unit_id, i.indicator_id,
              d.day, 1 + n %% 5, 'help', {seed.uuid_of("00000000-0000-7000-9000-", "n")},
              NULL, 1, CURRENT_TIMESTAMP, NULL
            FROM numbers
            JOIN bench_place p ON p.position = (n * 48271 %% 2147483647) %% {places}
            JOIN bench_day d ON d.position = (n * 69621 %% 2147483647) %% {_DAYS}
            JOIN bench_indicator i ON i.position = (n * 16807 %% 2147483629) %% {_INDICATORS}
            """,  # noqa: S608
            [POSTINGS],
        )


def _write(stop: Any, answers: Any) -> None:
    """One writer: a process of its own, which posts to any commune of the old map."""
    import django  # this process has just begun

    django.setup()
    from bench import seed
    from senhong.core.ids import uuid7
    from senhong.ledger.services import NewPosting, Outcome, post
    from senhong.org.models import Unit
    from senhong.org.queries import SYSTEM

    chance = random.Random(1)  # noqa: S311  # a load, no secret
    communes = Unit.objects.filter(level="commune", from_day__lt=DAY, to_day__gte=DAY)
    places = list(communes.values_list("province_id", "pk"))
    indicator, took = seed.indicators()[0], list[float]()
    answers.put("begun")
    while not stop.is_set():
        province, unit = chance.choice(places)
        new = NewPosting(
            id=uuid7(), province_id=province, unit_id=unit, indicator_id=indicator.pk,
            day=20250620, quantity=1, source_kind="test",
        )  # fmt: skip
        at = time.perf_counter()
        assert post(SYSTEM, [new]) == [Outcome.RECORDED]
        took.append(time.perf_counter() - at)
        time.sleep(_PAUSE_S)
    answers.put(took)
