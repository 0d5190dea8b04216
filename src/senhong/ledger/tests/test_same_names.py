"""Units that are called the same are lines of their own, told apart by what they hang on."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import Client

from senhong.ledger.tests.make import an_indicator, client_at, posted
from senhong.org.models import Role, Unit
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_new_unit,
    a_part_of_the_country,
    a_province,
)

pytestmark = pytest.mark.django_db

MARCH = ("2023-03-01", "2023-03-31")
NAMESAKES = {"Xã Tân, Huyện B": 40, "Xã Tân, Huyện C": 2}


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def merged() -> Unit:
    """A commune of 2024 that two of one name have become, with 40 and 2, and another with 7."""
    province = a_province("Tỉnh A", huyện_B=["Xã Tân"], huyện_C=["Xã Tân", "Xã Mỹ"])
    communes = list(Unit.objects.filter(province=province, level="commune").order_by("pk"))
    for commune, quantity in zip(communes, (40, 2, 7), strict=True):
        posted(SYSTEM, commune, an_indicator("test.flow"), quantity)
    new = a_new_unit("Xã Tân Mỹ", province)
    edges = [(commune, new) for commune in communes]
    restructure(SYSTEM, a_change(20240101, ends=communes, begins=[new], edges=edges))
    return Unit.objects.select_related("province").get(key=new.key)


def page_of(client: Client, unit: Unit, first: str, last: str) -> str:
    asked = f"unit={unit.key}&from={first}&to={last}&indicator=test.flow&by=unit"
    answer = client.get(f"/figures/?{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def lines_of(text: str) -> list[tuple[str, str, str]]:
    """The lines of the answer's table: name, note under it, figure."""
    lines = []
    for line in text.rpartition("<tbody>")[2].split("</tr>")[:-1]:
        head, _tag, cell = line.partition("</th>")
        name, _tag, note = head.partition('<span class="cell-note">')
        lines.append((_text(name), _text(note), _text(cell)))
    return lines


def _text(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).strip()


def said(capsys: pytest.CaptureFixture[str], unit: Unit, *more: str) -> str:
    first, last = MARCH
    asked = ["--unit", unit.key, "--from", first, "--to", last, "--by", "unit"]
    call_command("figures", *asked, "--indicator", "test.flow", *more)
    return capsys.readouterr().out


def test_the_page_has_a_line_for_each_and_names_its_parent(merged: Unit) -> None:
    text = page_of(client_at(merged), merged, *MARCH)

    assert lines_of(text) == [
        ("Xã Mỹ", "đến 31/12/2023", "7"),
        ("Xã Tân, Huyện B", "đến 31/12/2023", "40"),
        ("Xã Tân, Huyện C", "đến 31/12/2023", "2"),
        ("Riêng Xã Tân Mỹ", "", "0"),
    ]
    for label in NAMESAKES:
        assert f"{label}</text>" in text  # beside its bar


def test_postings_say_what_their_unit_hangs_on(merged: Unit) -> None:
    asked = f"unit={merged.key}&from={MARCH[0]}&to={MARCH[1]}&indicator=test.flow"

    text = client_at(merged).get(f"/figures/postings/?{asked}").content.decode()

    for label in NAMESAKES:
        assert f"{label}</td>" in re.sub(r"\s+", " ", text).replace(" </td>", "</td>")


def test_the_command_has_a_line_for_each_and_names_its_parent(
    merged: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    table = said(capsys, merged)
    told: list[dict[str, object]] = json.loads(said(capsys, merged, "--json"))

    for label, quantity in NAMESAKES.items():
        assert re.search(rf"{label} \(đến 31/12/2023\)\W+{quantity}\b", table)
    quantities = {row["unit"]: row["quantity"] for row in told if row["unit_title"] == "Xã Tân"}
    assert sorted(quantities.values(), key=str) == [2, 40]


def test_where_even_the_districts_share_a_name_their_provinces_are_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    units = a_part_of_the_country(["P92-2", "P93-2", "P94-2", "P92-3"])
    posted(SYSTEM, units["W31379-2"], an_indicator("test.flow"), 6)

    table = said(capsys, units["W31582-3"])

    district = "Xã Phú Tân, Huyện Châu Thành"
    assert re.search(rf"{district}, Tỉnh Hậu Giang \(đến 30/06/2025\)\W+6\b", table)
    assert re.search(rf"{district}, Tỉnh Sóc Trăng \(đến 30/06/2025\)\W+0\b", table)


def test_who_sees_nothing_above_is_told_what_her_commune_hangs_on(merged: Unit) -> None:
    district = Unit.objects.get(name="huyện B")
    old = Unit.objects.get(path__startswith=district.path, level="commune")

    text = page_of(client_at(merged, Role.SECRETARY), old, *MARCH)

    assert '<span aria-current="page">Xã Tân, Huyện B</span>' in text
    assert '<p class="quiet">Huyện B · 01/03/2023 – 31/03/2023</p>' in text


def test_a_ward_that_began_anew_under_its_name_is_a_line_of_its_own() -> None:
    units = a_part_of_the_country(["P87-2", "P82-2", "P82-3"])
    for key, quantity, day in (("W29866-1", 3, 20241231), ("W29869-2", 5, 20250101)):
        posted(SYSTEM, units[key], an_indicator("test.flow"), quantity, day=day)
    town = units["D866-2"]

    text = page_of(client_at(units["P82-3"]), town, "2024-12-01", "2025-01-31")

    lines = [line for line in lines_of(text) if line[0] == "Phường 1"]
    assert lines == [("Phường 1", "đến 31/12/2024", "3"), ("Phường 1", "", "5")]
    assert "Phường 1 (đến 31/12/2024)" in text  # its own bar
