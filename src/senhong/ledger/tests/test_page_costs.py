"""What the pages of figures cost: the same few queries, however much there is to show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.ledger.tests.make import an_indicator, client_at, posted
from senhong.org.models import Role, Unit
from senhong.org.tests.make import SYSTEM, a_merger

pytestmark = pytest.mark.django_db

ACROSS = "from=2024-12-01&to=2025-08-31"
MOST = 13  # one of them: whether help counts only after acceptance there


def a_busy_merger(communes: int) -> Unit:
    province = a_merger(communes)
    for unit in Unit.objects.filter(level="commune"):
        day = 20250615 if unit.to_day == 20250701 else 20250715
        posted(SYSTEM, unit, an_indicator("test.flow"), day=day)
    return province


def taken(client: Client, url: str) -> int:
    client.get(url)  # what is cached is cached
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(seen)


QUESTIONS = [
    f"{ACROSS}&by={by}{on}{chosen}"
    for by in ("indicator", "unit", "day", "week", "month", "quarter", "year")
    for on in ("", "&map=2025-08-01")
    for chosen in ("", "&indicator=test.flow")
]


@pytest.mark.parametrize("which", ["the province", "a commune", "an ended commune"])
def test_a_page_of_figures_takes_few_queries_however_many_units(which: str) -> None:
    counts: list[list[int]] = []
    for communes in (1, 30):
        province = a_busy_merger(communes)
        new = Unit.objects.filter(province=province, level="commune").order_by("pk")
        old = Unit.objects.filter(to_day=20250701, level="commune").order_by("-pk")
        unit = {"the province": province, "a commune": new[0], "an ended commune": old[0]}[which]
        on_old = [each.replace("2025-08-01", "2025-06-01") for each in QUESTIONS]
        client = client_at(province)
        asked = on_old if unit.to_day == 20250701 else QUESTIONS
        counts.append([taken(client, f"/figures/?unit={unit.key}&{each}") for each in asked])

    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST


@pytest.mark.parametrize("role", [Role.PROVINCE_OFFICE, Role.SECRETARY])
def test_where_a_reader_begins_takes_no_more(role: Role) -> None:
    province = a_busy_merger(2)
    commune = Unit.objects.filter(province=province, level="commune")[0]

    assert taken(client_at(commune, role), "/figures/") <= MOST


@pytest.mark.parametrize("own", ["", "&own=1"])
def test_the_postings_behind_a_figure_take_as_many_queries_with_one_as_with_thirty(
    own: str,
) -> None:
    counts = []
    for communes in (1, 30):
        province = a_busy_merger(communes)
        asked = f"unit={province.key}&{ACROSS}&indicator=test.flow{own}"
        counts.append(taken(client_at(province), f"/figures/postings/?{asked}"))

    assert counts[0] == counts[1] <= MOST + 1
