"""Files of units: what is new is applied, what is malformed is refused and changes nothing."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from senhong.core.days import LAST_DAY
from senhong.org.models import Lineage, Unit, UnitMap
from senhong.org.queries import landed_unit
from senhong.org.services import found_units, restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_part_of_the_country

pytestmark = pytest.mark.django_db
HEADER = "id,code,level,kind,name,parent,lat,lon,valid_from,valid_to"
EDGES = "predecessor,successor,share,is_default"
UNITS = [
    "P1,01,province,tỉnh,Một,,10.5,105.5,,",
    "D1,001,district,huyện,Hai,P1,,,,",
    "W1,00001,commune,xã,Ba,D1,10.4,105.4,,",
    "W2,00002,commune,xã,Bốn,D1,,,,",
]
MERGED = [
    *UNITS[:2],
    "W1,00001,commune,xã,Ba,D1,10.4,105.4,,2025-07-01",
    "W2,00002,commune,xã,Bốn,D1,,,,2025-07-01",
    "W3,00001,commune,phường,Năm,D1,,,2025-07-01,",
]
JOINED = ["W1,W3,whole,1", "W2,W3,whole,1"]


class Files:
    def __init__(self, folder: Path) -> None:
        self.units, self.lineage = folder / "units.csv", folder / "lineage.csv"
        self.write()

    def write(self, units: list[str] = UNITS, edges: list[str] = [], header: str = HEADER) -> None:  # noqa: B006
        self.units.write_text("\n".join([header, *units]) + "\n", encoding="utf-8")
        self.lineage.write_text("\n".join([EDGES, *edges]) + "\n", encoding="utf-8")

    def load(self) -> str:
        out = StringIO()
        options = {"units": self.units, "lineage": self.lineage}
        call_command("import_units", **options, stdout=out)
        return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def rows() -> list[object]:
    units = Unit.objects.order_by("key").values_list("key", "name", "to_day")
    return [*units, UnitMap.objects.count(), Lineage.objects.count()]


def test_a_file_is_loaded_once(files: Files) -> None:
    assert "4 đơn vị" in files.load()

    again = files.load()

    assert "không có gì thay đổi" in again
    assert "được giữ như cũ" not in again
    assert Unit.objects.get(key="W1").lat == 10.4
    assert Unit.objects.get(key="W2").lat is None


def test_a_grown_file_applies_only_what_is_new(files: Files) -> None:
    files.load()
    old = Unit.objects.get(key="W1")
    files.write(MERGED, JOINED)

    said = files.load()

    assert "1 đơn vị, 1 thay đổi" in said
    assert landed_unit(old.pk, 20250701).title == "Phường Năm"
    assert "không có gì thay đổi" in files.load()


def test_the_whole_story_at_once_is_the_same_as_in_parts(files: Files) -> None:
    files.write(MERGED, JOINED)

    files.load()

    assert landed_unit(Unit.objects.get(key="W2").pk, 20250701).key == "W3"
    assert UnitMap.objects.count() == 2


def test_a_new_province_may_come_later(files: Files) -> None:
    files.load()
    files.write([*UNITS, "P2,02,province,tỉnh,Sáu,,,,,", "W4,00004,commune,xã,Bảy,P2,,,,"])

    assert "2 đơn vị" in files.load()


def test_a_part_of_the_country_is_loaded_with_its_changes() -> None:
    units = a_part_of_the_country(["P87-2", "P82-2", "P82-3"])

    assert landed_unit(units["P87-2"].pk, 20260101).key == "P82-3"
    assert Unit.objects.filter(level="commune", to_day=LAST_DAY).count() == 102


def with_line(number: int, line: str) -> list[str]:
    return [*UNITS[: number - 2], line, *UNITS[number - 1 :]]


# file line, what is wrong with it, the line, what the refusal says
MALFORMED: dict[str, tuple[int, str, str]] = {
    "bad level": (4, "W1,00001,hamlet,xã,Ba,D1,,,,", "hamlet"),
    "empty level": (4, "W1,00001,,xã,Ba,D1,,,,", "Không có cấp"),
    "unknown parent": (4, "W1,00001,commune,xã,Ba,D9,,,,", "D9"),
    "no parent": (4, "W1,00001,commune,xã,Ba,,,,,", "parent"),
    "a province with a parent": (3, "D1,001,province,tỉnh,Hai,P1,,,,", "parent"),
    "a parent of no higher level": (5, "W2,00002,commune,xã,Bốn,W1,,,,", "W1"),
    "its own parent": (4, "W1,00001,commune,xã,Ba,W1,,,,", "W1"),
    "a duplicate id": (5, "W1,00002,commune,xã,Bốn,D1,,,,", "Trùng id W1"),
    "an empty id": (4, ",00001,commune,xã,Ba,D1,,,,", "id để trống"),
    "an id that is no address": (4, "W/1,00001,commune,xã,Ba,D1,,,,", "W/1"),
    "an empty name": (4, "W1,00001,commune,xã,,D1,,,,", "name để trống"),
    "an empty kind": (4, "W1,00001,commune,,Ba,D1,,,,", "kind để trống"),
    "an empty code": (4, "W1,,commune,xã,Ba,D1,,,,", "code để trống"),
    "a long name": (4, f"W1,00001,commune,xã,{'a' * 101},D1,,,,", "100 ký tự"),
    "a long id": (4, f"{'W' * 21},00001,commune,xã,Ba,D1,,,,", "20 ký tự"),
    "a control character": (4, "W1,00001,commune,xã,B\x00a,D1,,,,", "name có ký tự lạ"),
    "a date that is none": (4, "W1,00001,commune,xã,Ba,D1,,,,2025-02-30", "2025-02-30"),
    "a date written otherwise": (4, "W1,00001,commune,xã,Ba,D1,,,,01/07/2025", "01/07/2025"),
    "a date without hyphens": (4, "W1,00001,commune,xã,Ba,D1,,,20250701,", "20250701"),
    "a day before all days": (4, "W1,00001,commune,xã,Ba,D1,,,0001-01-01,", "0001-01-01"),
    "an end before the beginning": (
        4, "W1,00001,commune,xã,Ba,D1,,,2025-07-01,2025-01-01", "valid_to phải sau",
    ),
    "an end on the first day": (
        4, "W1,00001,commune,xã,Ba,D1,,,2025-07-01,2025-07-01", "valid_to phải sau",
    ),
    "a latitude that is none": (4, "W1,00001,commune,xã,Ba,D1,north,105,,", "lat"),
    "a latitude off the globe": (4, "W1,00001,commune,xã,Ba,D1,91,105,,", "lat"),
    "a longitude that is no number": (4, "W1,00001,commune,xã,Ba,D1,10,nan,,", "lon"),
    "too few fields": (4, "W1,00001,commune,xã,Ba,D1", "6 ô"),
    "too many fields": (4, "W1,00001,commune,xã,Ba,D1,,,,,,", "12 ô"),
    "an open quotation": (5, 'W2,00002,commune,xã,"Bốn,D1,,,,', "CSV"),
}  # fmt: skip


@pytest.mark.parametrize("what", MALFORMED)
def test_a_malformed_line_is_named_with_its_reason(what: str, files: Files) -> None:
    number, line, reason = MALFORMED[what]
    files.write(with_line(number, line))

    with pytest.raises(CommandError, match="dòng") as refused:
        files.load()

    assert reason in str(refused.value)
    assert f"units.csv, dòng {number}:" in str(refused.value)
    assert "Chưa có gì được thay đổi" in str(refused.value)
    assert Unit.objects.count() == 0


def test_a_unit_hangs_on_what_stands_as_long_as_itself(files: Files) -> None:
    files.write(with_line(3, "D1,001,district,huyện,Hai,P1,,,,2025-07-01"))

    with pytest.raises(CommandError, match="dòng 4: parent D1 không tồn tại suốt"):
        files.load()

    assert Unit.objects.count() == 0


def test_a_province_that_ends_leaves_a_successor(files: Files) -> None:
    files.write(["P1,01,province,tỉnh,Một,,,,,2025-07-01"])

    with pytest.raises(CommandError, match="dòng 2: Tỉnh kết thúc"):
        files.load()

    assert Unit.objects.count() == 0


BAD_EDGES: dict[str, tuple[list[str], str]] = {
    "an unknown predecessor": (["W9,W3,whole,1"], "W9"),
    "an unknown successor": (["W1,W9,whole,1"], "W9"),
    "no share": (["W1,W3,half,1"], "share"),
    "no default": (["W1,W3,whole,yes"], "is_default"),
    "a predecessor that stands": (["D1,W3,whole,1"], "D1 chưa kết thúc"),
    "a successor that does not stand": (["W1,W2,whole,1"], "W2 không tồn tại"),
    "the same twice": (["W1,W3,part,1", "W1,W3,part,0"], "đã có ở dòng 2"),
    "two defaults": (["W1,W3,part,1", "W1,D1,part,1"], "W1 đã có nơi nhận lịch sử ở dòng 2"),
    "too few fields": (["W1,W3"], "2 ô"),
}


@pytest.mark.parametrize("what", BAD_EDGES)
def test_a_malformed_edge_is_named_with_its_reason(what: str, files: Files) -> None:
    edges, reason = BAD_EDGES[what]
    files.write(MERGED, edges)

    with pytest.raises(CommandError) as refused:
        files.load()

    assert f"lineage.csv, dòng {1 + len(edges)}:" in str(refused.value)
    assert reason in str(refused.value)
    assert "dòng 0" not in str(refused.value)
    assert Unit.objects.count() == 0


def not_utf8(files: Files) -> None:
    files.units.write_bytes(files.units.read_bytes() + "W5,1,commune,xã,Ế,D1".encode("utf-16"))


def missing_column(files: Files) -> None:
    files.write(header=HEADER.replace("level", "tier"))


def missing_lineage_column(files: Files) -> None:
    files.lineage.write_text("predecessor,successor\n", encoding="utf-8")


def empty_file(files: Files) -> None:
    files.units.write_bytes(b"")


def header_alone(files: Files) -> None:
    files.write([])


def no_file(files: Files) -> None:
    files.units.unlink()


def a_folder(files: Files) -> None:
    files.units.unlink()
    files.units.mkdir()


def a_picture(files: Files) -> None:
    files.units.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (not_utf8, "dòng 6: Không phải chữ UTF-8"),
        (missing_column, "dòng 1: Thiếu cột level"),
        (missing_lineage_column, "dòng 1: Thiếu cột share, is_default"),
        (empty_file, "Thiếu cột"),
        (header_alone, "không có đơn vị nào"),
        (no_file, "Không mở được"),
        (a_folder, "Không mở được"),
        (a_picture, "UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused(
    spoil: Callable[[Files], None], reason: str, files: Files
) -> None:
    spoil(files)

    with pytest.raises(CommandError) as refused:
        files.load()

    assert reason in str(refused.value)
    assert Unit.objects.count() == 0


def test_a_byte_order_mark_spaces_and_other_columns_do_no_harm(files: Files) -> None:
    lines = [f"{HEADER},note", *(f"{line} , x" for line in UNITS), ""]
    files.units.write_text("\r\n".join(lines), encoding="utf-8-sig")

    assert "4 đơn vị" in files.load()


def test_an_id_that_stands_for_another_unit_here_is_refused(files: Files) -> None:
    files.load()
    files.write(with_line(4, "W1,99999,commune,xã,Ba,D1,,,,"))

    with pytest.raises(CommandError, match="dòng 4: id này đã là Xã Ba"):
        files.load()


def test_an_end_that_differs_from_the_one_here_is_refused(files: Files) -> None:
    files.write(MERGED, JOINED)
    files.load()
    later = [line.replace("2025-07-01", "2026-07-01") for line in MERGED]
    files.write(later, JOINED)
    before = rows()

    with pytest.raises(CommandError, match="đã có ngày khác"):
        files.load()

    assert rows() == before


def test_a_change_before_the_last_one_here_changes_nothing(files: Files) -> None:
    files.load()
    restructure(SYSTEM, a_change(20260101, alters=[("D1", {"name": "Khác"})]))
    files.write(MERGED, JOINED)
    before = rows()

    with pytest.raises(CommandError, match="từ 01/01/2026"):
        files.load()

    assert rows() == before


def test_what_the_office_added_below_is_not_left_hanging(files: Files) -> None:
    files.load()
    found_units(SYSTEM, [a_new_unit("Chi đoàn 1", "W1", level="branch")])
    files.write(MERGED, JOINED)
    before = rows()

    with pytest.raises(CommandError, match="Chi đoàn 1"):
        files.load()

    assert rows() == before


def test_names_that_the_office_changed_are_left_as_they_are(files: Files) -> None:
    files.load()
    restructure(SYSTEM, a_change(20240101, alters=[("W1", {"kind": "thị trấn"})]))

    said = files.load()

    assert "1 dòng có tên, loại hoặc cấp trên khác, được giữ như cũ" in said
    assert "không có gì thay đổi" in said
    assert Unit.objects.get(key="W1").kind == "thị trấn"
