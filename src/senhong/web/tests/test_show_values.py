"""The filters that every page uses."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.templatetags import ui


def test_numbers_are_grouped_as_the_reader_writes_them() -> None:
    assert ui.number(15964) == "15.964"
    with translation.override("en"):
        assert ui.number(15964) == "15,964"


def test_an_unknown_number_is_a_dash_and_never_a_zero() -> None:
    assert ui.number(None) == "–"
    assert ui.shown(None) == "–"
    assert ui.shown(0) == "0"


def test_an_instant_is_said_in_the_provinces_time() -> None:
    assert ui.shown(datetime(2023, 3, 15, 1, 12, tzinfo=UTC)) == "08:12 15/03/2023"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (20230320, "20/03/2023"),
        (date(2023, 3, 20), "20/03/2023"),
        (FIRST_DAY, ""),
        (LAST_DAY, ""),
        (None, ""),
    ],
)
def test_a_day_is_said_as_a_date(value: Any, said: str) -> None:
    assert ui.day(value) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023", "năm 2023"),
        ("2023-Q1", "quý 1/2023"),
        ("2023-03", "tháng 03/2023"),
        ("2023-W11", "tuần 11/2023"),
        ("2023-03-20", "20/03/2023"),
        (None, ""),
    ],
)
def test_a_period_is_said_by_its_kind(period: str | None, said: str) -> None:
    assert ui.period(period) == said


@pytest.mark.parametrize(
    ("first", "to_day", "said"),
    [
        (20230101, 20240101, "01/01/2023 – 31/12/2023"),
        (20250701, LAST_DAY, "từ 01/07/2025"),
        (FIRST_DAY, 20250701, "đến 30/06/2025"),
        (FIRST_DAY, LAST_DAY, ""),
    ],
)
def test_an_interval_ends_on_its_last_day(first: int, to_day: int, said: str) -> None:
    assert ui.interval(first, to_day) == said


@pytest.mark.parametrize(
    ("share", "length"), [(22.41, "22.41%"), (140, "100%"), (-3, "0%"), (None, "0%")]
)
def test_a_bar_is_never_longer_than_its_track(share: float | None, length: str) -> None:
    assert ui.length_percent(share) == length


def test_the_cells_of_a_row_escape_whatever_people_wrote() -> None:
    nasty = '<b title="x">'
    row = Row([Cell(nasty, f"/?a={nasty}", "behind", title=nasty, note=nasty), Cell(1234)])

    shown = ui.cells(row, Table("", [Column("a"), Column("b", numeric=True)], [row]))

    assert "<b" not in shown
    assert shown.count("&lt;b title=&quot;x&quot;&gt;") == 4
    assert shown.endswith('<td class="num">1.234</td>')
