"""Fills the ledger to a size, set by set, straight into its tables with their triggers on.

All postings lie in the reference province and those it was made of, because that is the hardest
case for its pages: 30 flow indicators, from 2022-07-01 to yesterday, each unit active on one day
in four. The n-th posting is always the same, so a seed that was interrupted goes on where it was.
"""

import time
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from bench.indicators import make_missing
from bench.measures import Facts
from senhong.core import clock
from senhong.core.days import as_date, as_day, each_day
from senhong.core.rows import on_postgresql, rows_of, run
from senhong.ledger.models import Indicator, IndicatorNature
from senhong.org.models import Landing, Unit, UnitMap

PROVINCE = "P82-3"
FIRST_DAY = 20220701
INDICATORS = 30
_CHUNK = 250_000
_ACTIVE_ONE_DAY_IN = 4
IDS = "00000000-0000-7000-8000-"  # before every id that a clock makes


def seed(size: int) -> Facts:
    """Grow the ledger to ``size`` seeded postings and make its totals anew."""
    begun = time.monotonic()
    speed_up()
    _lay_choices()
    done = _seeded()
    for first in range(done + 1, size + 1, _CHUNK):
        _insert(first, min(size, first + _CHUNK - 1))
    inserted = time.monotonic()
    if done < size:
        total_up()
    tell_the_planner()
    return {
        "postings": run("SELECT count(*) FROM ledger_posting")[0][0],
        "totals": run("SELECT count(*) FROM ledger_total")[0][0],
        "inserting_s": round(inserted - begun, 1),
        "totalling_s": round(time.monotonic() - inserted, 1),
        "bytes": table_bytes(),
    }


def indicators() -> list[Indicator]:
    """The flow indicators that are seeded; some are made for it."""
    flows = list(Indicator.objects.filter(nature=IndicatorNature.FLOW).order_by("id"))
    return flows[:INDICATORS]


def units_of(province: str) -> list[int]:
    """The province and those whose history it carries."""
    landed = Landing.objects.filter(landed__province__key=province, unit__level="province")
    return sorted(set(landed.values_list("unit_id", flat=True)))


def speed_up() -> None:
    if on_postgresql():
        run("SET work_mem = '512MB'")
        run("SET maintenance_work_mem = '512MB'")


def _lay_choices() -> None:
    """Tables of ours that say which day, unit and indicator a number stands for."""
    make_missing(INDICATORS)
    run("DROP TABLE IF EXISTS bench_day")
    run("DROP TABLE IF EXISTS bench_place")
    run("DROP TABLE IF EXISTS bench_indicator")
    run("CREATE TABLE bench_day (position int PRIMARY KEY, day int, epoch int, quarters int)")
    run(
        "CREATE TABLE bench_place (epoch int, position int, province_id int, unit_id int,"
        " PRIMARY KEY (epoch, position))"
    )
    run("CREATE TABLE bench_indicator (position int PRIMARY KEY, indicator_id int)")
    fill("bench_indicator", [(n, i.pk) for n, i in enumerate(indicators())])
    _lay_days_and_places()
    for table in ("bench_day", "bench_place", "bench_indicator"):
        run(f"ANALYZE {table}")  # PostgreSQL would take them for empty


def _lay_days_and_places() -> None:
    provinces = units_of(PROVINCE)
    yesterday = as_day(clock.today() - timedelta(days=1))
    changes = sorted(
        day
        for day in UnitMap.objects.filter(province__in=provinces)
        .values_list("from_day", flat=True)
        .distinct()
        if FIRST_DAY < day <= yesterday
    )
    begins = [FIRST_DAY, *changes]
    position = 0
    for epoch, first in enumerate(begins):
        last = _day_before(begins[epoch + 1]) if epoch + 1 < len(begins) else yesterday
        places = list(
            Unit.objects.filter(province__in=provinces, level="commune")
            .standing(first)
            .order_by("key")
            .values_list("province_id", "id")
        )
        fill("bench_place", [(epoch, n, *place) for n, place in enumerate(places)])
        days = list(each_day(first, last))
        quarters = len(places) // _ACTIVE_ONE_DAY_IN
        fill("bench_day", [(position + n, day, epoch, quarters) for n, day in enumerate(days)])
        position += len(days)


def _day_before(day: int) -> int:
    return as_day(as_date(day) - timedelta(days=1))


def fill(table: str, rows: Iterable[tuple[int, ...]]) -> None:
    data = list(rows)
    columns = {f"c{n}": "int" for n in range(len(data[0]))}
    source, params = rows_of("w", columns, data)
    run(f"INSERT INTO {table} SELECT {', '.join(columns)} FROM {source}", params)  # noqa: S608


def _seeded() -> int:
    last = f"{IDS}ffffffffffff"
    bound = last if on_postgresql() else last.replace("-", "")
    return int(run("SELECT count(*) FROM ledger_posting WHERE id <= %s", [bound])[0][0])


def uuid_of(prefix: str, number: str) -> str:
    """SQL for the UUID with this beginning and a number as its last 12 hex digits."""
    if on_postgresql():
        return f"('{prefix}' || lpad(to_hex({number}), 12, '0'))::uuid"
    return f"('{prefix.replace('-', '')}' || printf('%%012x', {number}))"


@transaction.atomic
def _insert(first: int, last: int) -> None:
    days = run("SELECT count(*) FROM bench_day")[0][0]
    run(
        f"""
        WITH RECURSIVE numbers(n) AS (
          SELECT CAST(%s AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
        INSERT INTO ledger_posting (province_id, id, unit_id, indicator_id, day, quantity,
          source_kind, source_id, activity_id, recorded_by, recorded_at, reverses)
        SELECT p.province_id, {uuid_of(IDS, "n")}, p.unit_id, i.indicator_id, d.day, 1 + n %% 5,
          'help', {uuid_of("00000000-0000-7000-9000-", "n / 3")},
          {uuid_of("00000000-0000-7000-a000-", "n / 100")}, 1, CURRENT_TIMESTAMP, NULL
        FROM numbers
        JOIN bench_day d ON d.position = (n * 48271 %% 2147483647) %% {days}
        JOIN bench_place p ON p.epoch = d.epoch
          AND p.position = {_ACTIVE_ONE_DAY_IN} * ((n * 69621 %% 2147483647) %% d.quarters)
            + d.position %% {_ACTIVE_ONE_DAY_IN}
        JOIN bench_indicator i ON i.position = (n * 16807 %% 2147483629) %% {INDICATORS}
        """,  # noqa: S608
        [first, last],
    )


@transaction.atomic
def total_up() -> None:
    """All totals anew, from the postings: days, then months, then the whole province."""
    run("DELETE FROM ledger_total")
    key = "province_id, map_id, unit_id, span, indicator_id, period, quantity"
    run(
        f"""
        INSERT INTO ledger_total ({key})
        SELECT m.province_id, l.map_id, l.landed_id, 0, p.indicator_id, p.day, sum(p.quantity)
        FROM (SELECT unit_id, indicator_id, day, sum(quantity) AS quantity
              FROM ledger_posting GROUP BY 1, 2, 3) p
        JOIN org_landing l ON l.unit_id = p.unit_id
        JOIN org_unitmap m ON m.id = l.map_id AND m.to_day > p.day
        GROUP BY 1, 2, 3, 5, 6
        """  # noqa: S608
    )
    run(
        f"""
        INSERT INTO ledger_total ({key})
        SELECT province_id, map_id, unit_id, 0, indicator_id, period / 100, sum(quantity)
        FROM ledger_total GROUP BY 1, 2, 3, 5, 6
        """  # noqa: S608
    )
    run(
        f"""
        INSERT INTO ledger_total ({key})
        SELECT province_id, map_id, province_id, 1, indicator_id, period, sum(quantity)
        FROM ledger_total WHERE span = 0 GROUP BY 1, 2, 5, 6
        """  # noqa: S608
    )


def tell_the_planner() -> None:
    """What autovacuum would have done by the time a ledger is that large."""
    with connection.cursor() as cursor:
        if on_postgresql():
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def table_bytes() -> dict[str, int]:
    """How much the ledger's tables take, with their indexes."""
    tables = ("ledger_posting", "ledger_total", "activities_help", "audit_event")
    if on_postgresql():
        return {t: run(f"SELECT pg_total_relation_size('{t}')")[0][0] for t in tables}
    return {t: _sqlite_bytes(t) for t in tables}


def _sqlite_bytes(table: str) -> int:
    names = [row[0] for row in run("SELECT name FROM sqlite_master WHERE tbl_name = %s", [table])]
    marks = ", ".join(["%s"] * len(names))
    pages = run(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({marks}) AND aggregate = 1", names)  # noqa: S608
    return int(pages[0][0] or 0)
