import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from senhong.ledger.models import Total
from senhong.ledger.queries import wrong_totals
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import Unit
from senhong.org.services import restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_province

pytestmark = pytest.mark.django_db

PERIOD = ["--from", "2023-03-01", "--to", "2023-03-20"]


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyen_a=["Xã 1"])


def said(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("figures", *options)
    return capsys.readouterr().out


def test_figures_are_a_table_with_definitions_where_they_are_asked_for(
    province: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    posted(SYSTEM, province, an_indicator("test.flow"), 15964)

    text = said(capsys, "--unit", province.key, *PERIOD)
    chosen = said(capsys, "--unit", province.key, *PERIOD, "--indicator", "test.flow")
    told = said(capsys, "--unit", province.key, *PERIOD, "-v", "2")

    assert "15.964" in text
    assert "Chỉ tiêu test.flow" in text
    assert "Đếm khi ghi." not in text
    assert "-v 2" in text
    assert "Đếm khi ghi." in chosen
    assert "Đếm khi ghi." in told


def test_figures_for_programs_have_the_key_by_which_they_are_broken_down(
    province: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    posted(SYSTEM, province, an_indicator("test.flow"), 3, day=20230301)
    asked = ["--unit", province.key, *PERIOD, "--indicator", "test.flow", "--json"]

    def rows(*more: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(said(capsys, *asked, *more))
        return found

    [whole] = rows()
    by_day = rows("--by", "day")
    own = [row for row in rows("--by", "unit") if row["is_own"]]

    assert (whole["unit"], whole["indicator"], whole["quantity"]) == (province.key, "test.flow", 3)
    assert by_day[0]["day"] == "2023-03-01"
    assert [row["quantity"] for row in by_day] == [3, *[0] * 19]
    assert [row["quantity"] for row in own] == [3]


@pytest.mark.parametrize("by", ["unit", "day", "week", "month", "quarter", "year"])
def test_figures_are_a_table_however_they_are_broken_down(
    province: Unit, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    for number in range(9):
        posted(SYSTEM, province, an_indicator(f"test.{number}"), 7)

    assert "7" in said(capsys, "--unit", province.key, *PERIOD, "--by", by)
    assert "7" in said(
        capsys, "--unit", province.key, *PERIOD, "--by", by, "--indicator", "test.1", "test.2"
    )


@pytest.mark.parametrize(
    ("bent", "said", "code"),
    [
        (["--unit", "P0"], "Không tìm thấy", 1),
        (["--indicator", "nothing"], "nothing", 1),
        (["--from", "20/3"], "--from", 2),
        (["--from", "20230301"], "--from", 2),
        (["--to", "2023-W13"], "--to", 2),
        (["--map", "2023-W09-1"], "--map", 2),
        (["--to", "2023-02-01"], "01/02/2023", 1),
        (["--by", "moon"], "--by moon", 2),
        (["--map", "soon"], "--map", 2),
        (["--map", "9999-12-31"], "--map", 2),
    ],
)
def test_a_mistake_is_one_line_that_helps(
    province: Unit, bent: list[str], said: str, code: int
) -> None:
    with pytest.raises(CommandError, match=said) as mistake:
        call_command("figures", "--unit", province.key, *PERIOD, *bent)

    assert mistake.value.returncode == code
    assert "\n" not in str(mistake.value)


def test_a_unit_that_is_not_on_the_map_names_what_it_became(province: Unit) -> None:
    old = Unit.objects.get(province=province, level="commune")
    new = a_new_unit("Xã 9", province)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))

    with pytest.raises(CommandError, match=new.key):
        call_command("figures", "--unit", old.key, *PERIOD, "--map", "2025-01-01")


def test_a_unit_that_ended_in_the_period_is_said_beside_its_figures(
    province: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    old = Unit.objects.get(province=province, level="commune")
    new = a_new_unit("Xã 9", province)
    posted(SYSTEM, old, an_indicator("test.flow"), 3)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))
    asked = ["--unit", old.key, "--indicator", "test.flow", "--json"]

    call_command("figures", *asked, "--from", "2023-01-01", "--to", "2024-12-31")

    out, err = capsys.readouterr()
    [row] = json.loads(out)
    assert (row["quantity"], row["stood_until"]) == (3, "2023-12-31")
    assert f"Xã 9 ({new.key})" in err
    with pytest.raises(CommandError, match=new.key):
        call_command("figures", *asked, "--from", "2024-01-01", "--to", "2024-12-31")


def test_predecessors_are_told_from_the_unit_by_their_end(
    province: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    old = Unit.objects.get(province=province, level="commune")
    new = a_new_unit("Xã 1", province)
    posted(SYSTEM, old, an_indicator("test.flow"), 3)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))

    text = said(capsys, "--unit", new.key, *PERIOD, "--by", "unit", "--indicator", "test.flow")

    assert "Xã 1 (đến 31/12/2023)" in text


def test_check_totals_finds_and_repairs(province: Unit, capsys: pytest.CaptureFixture[str]) -> None:
    posted(SYSTEM, province, quantity=2)
    call_command("check_totals")
    Total.objects.filter(period=202303).update(quantity=7)
    Total.objects.filter(period=20230315, span=1).delete()

    with pytest.raises(CommandError, match="3 totals are wrong"):
        call_command("check_totals")
    call_command("check_totals", "--repair")
    call_command("check_totals")

    out = capsys.readouterr().out
    where = f"{province.key} Tỉnh A"
    assert f"{where}, on the first map of {province.key}, test.flow, 2023-03: has 7, is 2" in out
    assert f"{where}, the whole province, on the first map" in out
    assert "2023-03-15: has 0, is 2" in out
    assert "3 totals corrected" in out
    assert wrong_totals() == []


def test_a_total_without_postings_is_set_to_nothing(province: Unit) -> None:
    posted(SYSTEM, province, quantity=2)
    [total] = Total.objects.filter(period=20230315, span=0)
    Total(
        province_id=total.province_id, map_id=total.map_id, unit_id=total.unit_id, span=0,
        indicator_id=total.indicator_id, period=20230316, quantity=5,
    ).save(force_insert=True)  # fmt: skip

    call_command("check_totals", "--repair")

    assert wrong_totals() == []
