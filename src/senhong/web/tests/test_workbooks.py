"""Workbooks: what we write opens safely, and what people send is understood."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from senhong.web.errors import (
    WorkbookColumnsMissing,
    WorkbookOld,
    WorkbookTooLarge,
    WorkbookUnreadable,
)
from senhong.web.workbooks import CellMistake, Column, Sheet, Table, read_table, written
from senhong.web.workbooks import xlsx_response as download

UNIT = Column("unit", "Đơn vị", also=("Tên đơn vị",))
SHARE = Column("share", "Chỉ tiêu")
DAY = Column("day", "Ngày", is_needed=False)
COLUMNS = [UNIT, SHARE, DAY]


def sent(*rows: Sequence[Any], title: str = "Trang 1") -> ContentFile[bytes]:
    book = Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: Any) -> ContentFile[bytes]:
    out = BytesIO()
    book.save(out)
    return ContentFile(out.getvalue(), name="bang.xlsx")


def read(*rows: Sequence[Any]) -> Table:
    return read_table(sent(*rows), COLUMNS)


def test_what_is_written_is_read_again() -> None:
    rows: list[list[Any]] = [["Phường 1", 1234567, date(2023, 3, 20)], ["Xã Mỹ Trà", 0, None]]
    book = written([Sheet("Chia chỉ tiêu", COLUMNS, rows)])

    table = read_table(ContentFile(book), COLUMNS)

    assert [(line.text("unit"), line.whole("share"), line.day("day")) for line in table] == [
        ("Phường 1", 1234567, date(2023, 3, 20)),
        ("Xã Mỹ Trà", 0, None),
    ]


def test_a_workbook_of_one_language_is_read_in_another() -> None:
    book = written([Sheet("Split", [Column("unit", "Đơn vị")], [["Phường 1"]])])

    with override("en"):
        table = read_table(ContentFile(book), [UNIT])

    assert [line.text("unit") for line in table] == ["Phường 1"]


@pytest.mark.parametrize("said", ["=1+1", "+84", "-3", "@SUM(A1)"])
def test_text_is_never_a_formula(said: str) -> None:
    book = load_workbook(BytesIO(written([Sheet("Một", [UNIT], [[said]])])))

    cell = book.active["A2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (said, "s", True)


def test_the_first_row_stays_in_sight() -> None:
    book = load_workbook(BytesIO(written([Sheet("A/B: [1]", COLUMNS, [])])))

    assert book.active.freeze_panes == "A2"
    assert book.active["A1"].font.bold
    assert book.active.title == "A B   1 "


def test_a_download_has_a_name_that_people_can_read() -> None:
    answer = download("Chia chỉ tiêu.xlsx", [Sheet("Một", [UNIT], [])])

    assert "Chia%20ch%E1%BB%89%20ti%C3%AAu.xlsx" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_title_above_and_blank_rows_are_passed_over() -> None:
    table = read(
        ["BẢNG CHIA CHỈ TIÊU NĂM 2023"], [], ["STT", "ten don vi", "CHỈ TIÊU (lượt)"],
        [1, "Phường 1", "1.234"], [None, " ", None], [2, "Phường  2 ", "1,234"],
    )  # fmt: skip

    found = [(line.number, line.text("unit"), line.whole("share")) for line in table]
    assert found == [(4, "Phường 1", 1234), (6, "Phường 2", 1234)]
    assert table.unknown == ["STT"]
    assert table.lines[0].other_number("STT") == 1


def test_the_table_may_stand_on_another_sheet() -> None:
    book = Workbook()
    book.active.append(["Hướng dẫn"])
    page = book.create_sheet("Số liệu")
    page.append(["Đơn vị", "Chỉ tiêu"])
    page.append(["Phường 1", 5])

    table = read_table(saved(book), COLUMNS)

    assert (table.sheet, len(table.lines)) == ("Số liệu", 1)


@pytest.mark.parametrize(
    ("said", "number"),
    [("12", 12), ("1.234", 1234), ("1 234 567", 1234567), (12.0, 12), (" 7 ", 7), ("", None)],
)
def test_whole_numbers_are_read_as_people_write_them(said: Any, number: int | None) -> None:
    [line] = read(["Đơn vị", "Chỉ tiêu"], ["Phường 1", said])

    assert line.whole("share") == number


@pytest.mark.parametrize("said", ["mười", 12.5, "12,5", "1.23.4", "٣x", date(2023, 1, 1), "9" * 40])
def test_what_is_no_whole_number_is_said_with_its_column(said: Any) -> None:
    [line] = read(["Đơn vị", "Chỉ tiêu"], ["Phường 1", said])

    with pytest.raises(CellMistake, match="Cột “Chỉ tiêu”"):
        line.whole("share")


@pytest.mark.parametrize("said", ["20/03/2023", "20-3-2023", "2023-03-20", date(2023, 3, 20)])
def test_days_are_read_as_people_write_them(said: Any) -> None:
    [line] = read(["Đơn vị", "Chỉ tiêu", "Ngày"], ["Phường 1", 1, said])

    assert line.day("day") == date(2023, 3, 20)


@pytest.mark.parametrize("said", ["31/02/2023", "hôm qua"])
def test_what_is_no_day_is_said(said: str) -> None:
    [line] = read(["Đơn vị", "Chỉ tiêu", "Ngày"], ["Phường 1", 1, said])

    with pytest.raises(CellMistake, match="không phải ngày"):
        line.day("day")


def test_missing_columns_are_named() -> None:
    with pytest.raises(WorkbookColumnsMissing) as refused:
        read(["Đơn vị", "Ghi chú"], ["Phường 1", ""])

    assert str(refused.value).startswith("Không thấy cột “Chỉ tiêu” trong 15 dòng đầu.")


def test_a_workbook_of_old_excel_is_told_what_to_do() -> None:
    with pytest.raises(WorkbookOld):
        read_table(ContentFile(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100), COLUMNS)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04cut", b"a;b\n1;2\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(WorkbookUnreadable):
        read_table(ContentFile(content), COLUMNS)


def zipped(**parts: bytes) -> ContentFile[bytes]:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return ContentFile(out.getvalue())


def test_a_zip_without_a_workbook_is_refused() -> None:
    with pytest.raises(WorkbookUnreadable):
        read_table(zipped(note=b"text"), COLUMNS)


def test_a_small_file_that_unpacks_to_gigabytes_is_refused() -> None:
    with pytest.raises(WorkbookTooLarge):
        read_table(zipped(xl=b"0" * (65 * 1024**2)), COLUMNS)


def test_a_workbook_has_a_largest_size() -> None:
    with pytest.raises(WorkbookTooLarge) as refused:
        read_table(ContentFile(b"0" * 2_700_000), COLUMNS)

    assert "2,5 MB và 20.000 dòng" in str(refused.value)


def test_a_name_in_two_columns_under_one_head_is_read_as_one() -> None:
    [line] = read(["Đơn vị", None, "Chỉ tiêu"], ["Phường", "Mỹ Trà", 5])

    assert (line.text("unit"), line.across("unit")) == ("Phường", "Phường Mỹ Trà")
    assert line.across("share") == "5"
