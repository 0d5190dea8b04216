"""The table units × targets, and the map of states, for provinces with twelve targets each."""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measures import Facts, timed
from bench.queries import auditor_of, provinces_by_size
from bench.seed import indicators
from senhong.core import clock
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.plans.models import Plan, PlanKind, Wording
from senhong.plans.services import PlanFacts, make_plan, set_target

_TARGETS = 12
_TIMES = 20
_NAME = "Kế hoạch để đo"


def tables() -> Facts:
    """Milliseconds of each page on the server, for our province and the one with most communes."""
    settings.ALLOWED_HOSTS.append("testserver")
    chosen = provinces_by_size()[1:]
    browser = Client()
    browser.force_login(auditor_of([unit for unit, _communes in chosen]))
    return {f"{unit.title} ({communes})": _measured(browser, unit) for unit, communes in chosen}


def _measured(browser: Client, unit: Unit) -> Facts:
    _lay_targets(unit)
    table, picture = f"/units/{unit.key}/matrix/", f"/units/{unit.key}/map/"
    with CaptureQueriesContext(connection) as seen:
        browser.get(table)
    queries = len(seen)  # now: the next request empties the log
    return {
        "matrix": timed(_asking(browser, table), _TIMES),
        "map": timed(_asking(browser, picture), _TIMES),
        "map, not cached": timed(_asking(browser, picture, forgets=True), _TIMES),
        "workbook": timed(_asking(browser, f"/units/{unit.key}/matrix.xlsx"), 3),
        "queries": queries,
    }


def _asking(browser: Client, path: str, *, forgets: bool = False) -> Callable[[], None]:
    def ask() -> None:
        if forgets:
            cache.clear()
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    return ask


def _lay_targets(province: Unit) -> None:
    """Twelve targets of this year for the province and each of its communes, once."""
    year = as_day(clock.today()) // 10000 * 10000
    first, end = year + 101, year + 10101
    if Plan.objects.filter(unit=province, name=_NAME, from_day=first).exists():
        return
    facts = PlanFacts(
        unit=province, kind=PlanKind.PROGRAMME, name=_NAME, from_day=first, to_day=end
    )
    plan = make_plan(SYSTEM, uuid7(), facts)
    below = Unit.objects.filter(province=province, level="commune").standing(as_day(clock.today()))
    for number, unit in enumerate([province, *below]):
        for at, indicator in enumerate(indicators()[:_TARGETS]):
            set_target(
                SYSTEM, uuid7(), plan=plan, unit=unit, indicator=indicator,
                wording=Wording.AT_LEAST, quantity=50 + 37 * (number + at) % 400,
                from_day=first, to_day=end,
            )  # fmt: skip
