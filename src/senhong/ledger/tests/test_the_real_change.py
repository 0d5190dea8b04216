"""The real change of 2025-07-01 in Đồng Tháp and Tiền Giang: done, read, undone, read again."""

import json
from dataclasses import replace
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from senhong.core.ids import uuid7
from senhong.ledger.models import Indicator
from senhong.ledger.queries import By, figures, get_indicator, wrong_totals
from senhong.ledger.tests.make import client_at, posted
from senhong.org.changes import Change
from senhong.org.models import ChangeState, MapChange, Role, Unit
from senhong.org.queries import SYSTEM, get_map_change, pending_units
from senhong.org.services import (
    draft_change,
    import_units,
    run_changes,
    undo_restructure,
    write_change,
)
from senhong.org.unit_files import read_country

pytestmark = pytest.mark.django_db
DAY = 20250701
YEAR: dict[str, Any] = {"first": 20230101, "last": 20231231}
MARCH = ("--from", "2023-03-01", "--to", "2023-03-31")


def before_the_change() -> Change:
    """The two provinces as they were on 2025-06-30; what became of them the next day."""
    part = read_country().part(["P87-2", "P82-2", "P82-3"])
    pending = pending_units(part)
    earlier = [change for change in pending.changes if change.day < DAY]
    import_units(SYSTEM, replace(pending, changes=earlier))
    [change] = [change for change in pending.changes if change.day == DAY]
    return change


def record(chance: Random) -> list[Indicator]:
    indicators = [get_indicator(code) for code in ("citizen-turns", "sorties")]
    units = list(Unit.objects.standing(20230320).filter(province__key="P87-2").order_by("key"))
    for _ in range(200):
        day = 20230000 + chance.choice([110, 301, 315, 320, 331, 731, 1231])
        posted(
            SYSTEM, chance.choice(units), chance.choice(indicators), chance.randint(1, 9), day=day
        )
    return indicators


def every_figure(indicators: list[Indicator]) -> dict[str, list[object]]:
    """Of the province and each of its districts in 2023, by unit and month, on 2023's map."""
    units = Unit.objects.standing(20230320).filter(province__key="P87-2").exclude(level="commune")
    return {
        f"{unit.key} {by}": [*figures(SYSTEM, unit, indicators, by=by, on=20230320, **YEAR)]
        for unit in units
        for by in (By.INDICATOR, By.UNIT, By.MONTH)
    }


def on_command_line(unit: str, *words: str) -> dict[str, int]:
    out = StringIO()
    call_command("figures", "--unit", unit, *MARCH, *words, "--json", stdout=out)
    return {row["indicator"]: row["quantity"] for row in json.loads(out.getvalue())}


def on_page(client: Client, unit: str, map_day: str) -> str:
    asked = {"unit": unit, "from": "2023-03-01", "to": "2023-03-31", "map": map_day}
    answer = client.get("/figures/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_figure_of_2023_reads_the_same_before_and_after_the_change_and_its_undoing() -> None:
    change = before_the_change()
    indicators = record(Random(2023))
    before = every_figure(indicators)
    march = on_command_line("P87-2")
    prepared = draft_change(
        SYSTEM, uuid7(), province=Unit.objects.get(key="P87-2"), name="01/07/2025", day=DAY
    )
    write_change(SYSTEM, prepared, change)
    MapChange.objects.update(state=ChangeState.CONFIRMED)

    run_changes(SYSTEM)

    done = get_map_change(SYSTEM, prepared.pk)
    assert done.state == ChangeState.DONE
    assert Unit.objects.standing(DAY).filter(level="commune").count() == 102
    assert every_figure(indicators) == before
    assert on_command_line("P87-2") == march
    assert on_command_line("P82-3", "--map", "2025-07-01") == march
    office = client_at(Unit.objects.get(key="P87-2"), Role.AUDITOR)
    turns = f"{march['citizen-turns']:,}".replace(",", ".")
    assert turns in on_page(office, "P82-3", "2025-07-01")
    assert turns in on_page(office, "P87-2", "2023-03-20")
    assert wrong_totals() == []

    for group in done.done:
        undo_restructure(SYSTEM, group["new_maps"])

    assert every_figure(indicators) == before
    assert on_command_line("P87-2") == march
    assert Unit.objects.standing(DAY).filter(province__key="P87-2", level="commune").count() == 141
    assert wrong_totals() == []
