"""What the first pages cost: the same few queries, however much there is to show."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.board.tests.make import a_demo, helped, signed_in, text_of
from senhong.ledger.tests.make import an_indicator
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_merger, a_province, a_unit
from senhong.people.tests.make import a_team
from senhong.plans.tests.make import a_plan, a_target

pytestmark = pytest.mark.django_db


def taken(client: Client, url: str) -> int:
    client.get(url)  # what is cached is cached
    with CaptureQueriesContext(connection) as seen:
        text_of(client, url)
    return len(seen)


def a_busy_province(communes: int, targets: int) -> Unit:
    province = a_province()
    plan = a_plan(province)
    district = a_unit("Huyện A", province)
    for number in range(communes):
        commune = a_unit(f"Xã {number}", district)
        a_team(commune)
        helped(commune, number + 1)
        a_target(commune, "sorties", 5, plan)
    for number in range(targets):
        a_target(province, an_indicator(f"test.{number}"), 100, plan)
    return province


@pytest.mark.parametrize("role", [Role.PROVINCE_OFFICE, Role.PARTNER])
def test_the_page_takes_the_same_queries_however_much_there_is(role: Role) -> None:
    counts: list[int] = []
    for communes, targets in ((1, 1), (30, 30)):
        province = a_busy_province(communes, targets)
        if not counts:
            a_demo(province)
        counts.append(taken(signed_in(province, role), f"/units/{province.key}/"))

    assert counts[0] == counts[1] <= 26


def a_busy_merger(communes: int) -> Unit:
    """Read on 2025-08-15: teams, plans, targets and help from before the merger and after it."""
    province = a_merger(communes)
    plan = a_plan(province, from_day=20220630, to_day=20270101)
    a_target(province, "teams.commune", 9, plan, from_day=20250101, to_day=20260101)
    for unit in Unit.objects.filter(level="commune"):
        a_team(unit)
        helped(unit, 1, day=20250615 if unit.to_day == 20250701 else 20250715)
        if unit.province_id == province.pk:
            a_target(unit, "sorties", 5, plan)
    return province


@pytest.mark.parametrize(
    ("view", "most"),
    [("", 31), ("?map=today", 28), ("?period=begun", 32), ("?period=begun&map=today", 29)],
)
def test_across_a_change_of_the_map_it_takes_the_same_queries_however_many_units(
    view: str, most: int
) -> None:
    counts: list[list[int]] = []
    for communes in (3, 30):
        province = a_busy_merger(communes)
        if not counts:
            a_demo(province, date(2025, 8, 15))
        client = signed_in(province)
        commune = Unit.objects.filter(province=province, level="commune").order_by("pk")[0]
        pages = [f"/units/{unit.key}/{view}" for unit in (province, commune)]
        counts.append([taken(client, page) for page in pages])

    assert counts[0] == counts[1]
    assert max(counts[0]) <= most
