"""Lists of members from workbooks, however people lay them out."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from senhong.audit.models import Event
from senhong.core.errors import Forbidden
from senhong.org.models import Role, Unit
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_grant,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
    an_actor,
)
from senhong.people import queries, services
from senhong.people.errors import ImportRefused, ImportTooLong
from senhong.people.listed import Listed, PlannedImport
from senhong.people.models import Member, Membership
from senhong.people.sheets import read_list
from senhong.people.tests.make import a_member, a_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_day")]
HEAD = ("STT", "HỌ TÊN", "Tham gia từ ngày", "Tổ, đội hình", "Vai trò trong tổ")


@pytest.fixture
def on_a_day() -> object:
    with time_machine.travel("2024-03-20T12:00:00+07:00") as traveller:
        yield traveller


def workbook(*rows: Sequence[Any], merged: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if merged:
        book.active.merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def planned(unit: Unit, *rows: Sequence[Any]) -> PlannedImport:
    return queries.planned_import(SYSTEM, unit, read_list(ContentFile(workbook(*rows))).rows)


def taken_in(unit: Unit, *rows: Sequence[Any]) -> PlannedImport:
    return services.import_members(SYSTEM, unit, read_list(ContentFile(workbook(*rows))).rows)


def mistakes(plan: PlannedImport) -> list[str]:
    return [text for row in plan.wrong for text in row.mistakes]


def notes(plan: PlannedImport) -> list[str]:
    return [text for row in plan.rows for text in row.notes]


def test_an_awkward_list_is_read() -> None:
    unit = a_unit()
    team = a_team(unit, name="Tổ CNSCĐ ấp 1")
    decomposed = unicodedata.normalize("NFD", "Nguyễn  Thị Hoà ")
    book = workbook(
        ["DANH SÁCH THÀNH VIÊN TỔ CÔNG NGHỆ SỐ"], ["Xã A, tháng 3/2024"], [],
        [*HEAD, "Số CCCD", "ĐIỆN THOẠI", "Ghi chú"],
        [None, "Chi đoàn cơ quan", None, None, None, None, None, None],
        [1, decomposed, date(2023, 1, 5), "tổ cnscđ ấp 1", "Tổ trưởng", "087099000001", "0912345678", "x"],
        [2, "Lê Bình", "05/02/2023", "", "", None, None, None],
        [3, "TRẦN CHI", "2023-02-06", None, None, None, None, None],
        [4, None, None, None, None, None, None, None],
        ["Tổng cộng", None, None, None, None, None, None, 3],
        [None, "Người lập biểu", None, None, None, None, None, None],
        merged="A1:H1",
    )  # fmt: skip

    read = read_list(ContentFile(book))
    plan = services.import_members(SYSTEM, unit, read.rows)

    assert (read.personal, read.unread) == (["Số CCCD", "ĐIỆN THOẠI"], ["Ghi chú"])
    assert len(read.passed) == 2
    assert len(plan.new) == 3
    found = {m.full_name: m.joined_on for m in Member.objects.all()}
    assert found == {
        "Nguyễn Thị Hoà": date(2023, 1, 5),
        "Lê Bình": date(2023, 2, 5),
        "TRẦN CHI": date(2023, 2, 6),
    }
    place = Membership.objects.get()
    assert (place.team, place.role, place.from_day) == (team, "leader", 20230105)


@pytest.mark.parametrize(
    "rows",
    [
        [("Họ đệm", "Tên"), ("Nguyễn Thị", "Hoà")],
        [("Họ", "Tên"), ("Nguyễn Thị", "Hoà")],
        [("TT", "Họ và tên", None), (1, "Nguyễn Thị", "Hoà")],
        [("Họ và tên (ghi đủ dấu)",), ("Nguyễn Thị Hoà",)],
    ],
)
def test_a_name_in_one_column_or_two(rows: list[Sequence[Any]]) -> None:
    unit = a_unit()

    taken_in(unit, *rows)

    assert Member.objects.get().full_name == "Nguyễn Thị Hoà"


def test_the_same_list_twice_changes_nothing() -> None:
    unit = a_unit()
    a_team(unit, name="Tổ 1")
    rows = [HEAD, (1, "Lê An", None, "Tổ 1", ""), (2, "Lê Hoà", date(2023, 1, 1), "", "")]
    taken_in(unit, *rows)
    events = Event.objects.count()

    with time_machine.travel("2024-06-01"):
        again = taken_in(unit, *rows)

    assert (len(again.new), len(again.changed), again.same) == (0, 0, 2)
    assert (Member.objects.count(), Membership.objects.count()) == (2, 1)
    assert Event.objects.count() == events


def test_who_is_on_no_list_stays_and_another_spelling_is_the_same_person() -> None:
    unit = a_unit()
    member = a_member(unit, full_name="Lê Hoà")
    a_member(unit, full_name="Trần Bình")

    plan = taken_in(unit, HEAD, (1, "LÊ HÒA", "", "", ""))

    assert plan.same == 1
    assert Member.objects.count() == 2
    assert Member.objects.get(pk=member.pk).full_name == "Lê Hoà"


def test_what_the_list_knows_better_is_added_to_who_is_there() -> None:
    unit = a_unit()
    a_team(unit, name="Tổ 1")
    member = a_member(unit, full_name="Lê An")

    plan = taken_in(unit, HEAD, (1, "Lê An", date(2022, 1, 1), "Tổ 1", "Tổ trưởng"))

    member.refresh_from_db()
    assert len(plan.changed) == 1
    assert member.joined_on == date(2022, 1, 1)
    assert Membership.objects.get().from_day == 20240320


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((1, "", "05/02/2023", "", ""), "Thiếu họ và tên"),
        ((1, "Lê An 2", "", "", ""), "có chữ số"),
        ((1, "Lê An", "32/01/2023", "", ""), "không phải ngày"),
        ((1, "Lê An", "01/01/2030", "", ""), "chưa tới"),
        ((1, "Lê An", "", "To cong nghe so", ""), "Có phải “Tổ công nghệ số ấp 1”?"),
        ((1, "Lê An", "", "Câu lạc bộ", ""), "Hãy lập tổ trước"),
    ],
)
def test_what_is_wrong_is_said_row_by_row_and_nothing_is_written(
    row: Sequence[Any], said: str
) -> None:
    unit = a_unit()
    a_team(unit, name="Tổ công nghệ số ấp 1")
    rows = [HEAD, (2, "Trần Bình", "", "", ""), row]

    assert said in " ".join(mistakes(planned(unit, *rows)))
    with pytest.raises(ImportRefused):
        taken_in(unit, *rows)
    assert not Member.objects.exists()


def test_two_of_one_name_must_be_told_apart() -> None:
    unit = a_unit()
    head = ("Họ và tên", "Phân biệt")

    [one, two] = planned(unit, head, ("Lê An", ""), ("LÊ AN", "")).wrong
    taken_in(unit, head, ("Lê An", "ấp 1"), ("Lê An", "ấp 2"))
    again = taken_in(unit, head, ("Lê An", "Ấp 2"), ("Lê An", "ấp 1"))

    assert "Trùng tên với dòng 3" in one.mistakes[0]
    assert "Trùng tên với dòng 2" in two.mistakes[0]
    assert {m.distinction for m in Member.objects.all()} == {"ấp 1", "ấp 2"}
    assert again.same == 2


def test_two_entries_of_one_name_are_for_people_to_decide() -> None:
    unit = a_unit()
    a_member(unit, full_name="Lê An")
    a_member(unit, full_name="Lê An")

    assert "đã có 2 người" in mistakes(planned(unit, HEAD, (1, "Lê An", "", "", "")))[0]


def test_who_was_merged_corrected_moved_or_left_is_known_again() -> None:
    province = a_province()
    unit, other = a_unit("Xã A", province), a_unit("Xã B", province)
    names = ("Lê Gộp", "Lê Sửa", "Lê Chuyển", "Lê Thôi")
    rows = [HEAD, *((n, name, date(2023, 1, 1), "", "") for n, name in enumerate(names, 1))]
    taken_in(unit, *rows)
    merged, corrected, moved, left = (Member.objects.get(full_name=name) for name in names)
    services.merge_members(
        SYSTEM, a_member(unit).pk, kept=a_member(unit, full_name="Trần Giữ"), merged=merged
    )
    services.change_member(SYSTEM, corrected, full_name="Lê Sửa Rồi", joined_on=date(2023, 1, 1))
    services.transfer_member(SYSTEM, moved, unit=other, on=date(2024, 1, 1))
    services.leave_movement(SYSTEM, left, on=date(2024, 1, 1))

    again = taken_in(unit, *rows)

    assert (len(again.new), len(again.changed)) == (0, 0)
    assert notes(again) == [
        "Đã có trong danh sách với tên “Trần Giữ”: giữ nguyên.",
        "Đã có trong danh sách với tên “Lê Sửa Rồi”: giữ nguyên.",
        "Đã chuyển sang Xã B: giữ nguyên.",
        "Đã thôi tham gia từ 01/01/2024: giữ nguyên.",
    ]


def test_somebody_called_almost_the_same_is_pointed_out() -> None:
    unit = a_unit()
    a_member(unit, full_name="Lê Hoa")

    plan = planned(unit, HEAD, (1, "Lê Hòa", "", "", "Tổ phó"))

    assert len(plan.new) == 1
    assert notes(plan) == [
        "Vai trò “Tổ phó” được ghi là thành viên tổ.",
        "Gần giống “Lê Hoa” đã có. Nếu là một người, hãy sửa lại cho giống.",
    ]


def test_a_list_has_an_end_and_somebody_who_may() -> None:
    unit = a_unit()
    rows = [Listed(line=n, full_name="Lê An") for n in range(2001)]

    with pytest.raises(ImportTooLong):
        services.import_members(SYSTEM, unit, rows)
    with pytest.raises(Forbidden):
        services.import_members(an_actor("member.view", at=unit), unit, rows[:1])


def test_five_hundred_take_no_more_queries_than_five(
    django_assert_max_num_queries: Any,
) -> None:
    for number in (5, 500):
        unit = a_unit()
        rows = [
            Listed(line=n, full_name=f"Lê {'A' * (n % 40)} {chr(65 + n // 40)}i")
            for n in range(number)
        ]
        with django_assert_max_num_queries(30):
            assert len(services.import_members(SYSTEM, unit, rows).new) == number


def secretary_of(unit: Unit) -> Client:
    user = a_user()
    a_grant(user, unit, Role.SECRETARY)
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, unit: Unit, book: bytes) -> Any:
    file = SimpleUploadedFile("danh-sach.xlsx", book)
    return client.post(f"/people/members/import/?unit={unit.key}", {"file": file})


def test_the_page_shows_then_writes_what_was_shown() -> None:
    unit = a_unit()
    client = secretary_of(unit)
    book = workbook([*HEAD, "CCCD"], (1, "Lê An", "", "", "", "087099000001"))

    shown = send(client, unit, book)
    assert not Member.objects.exists()
    page = shown.content.decode()
    packed = re.search(r'name="rows" value="([^"]+)"', page)
    assert packed
    confirm = f"/people/members/import/confirm/?unit={unit.key}"
    answers = [client.post(confirm, {"rows": packed[1]}) for _time in range(2)]

    assert (shown.status_code, [each.status_code for each in answers]) == (200, [303, 303])
    assert "087099000001" not in page
    assert "Cột “CCCD” có số riêng" in page
    assert Member.objects.get().full_name == "Lê An"
    assert "không có gì mới" in send(client, unit, book).content.decode()


def test_the_page_shows_what_is_wrong_and_offers_nothing_to_confirm() -> None:
    unit = a_unit()

    shown = send(secretary_of(unit), unit, workbook(HEAD, (1, "Lê An 2", "", "", "")))

    page = shown.content.decode()
    assert shown.status_code == 422
    assert "có chữ số" in page
    assert 'name="rows"' not in page


def test_what_is_no_list_is_said_at_the_field() -> None:
    unit = a_unit()
    client = secretary_of(unit)

    assert "lưu lại thành tệp .xlsx" in send(client, unit, b"PK nothing").content.decode()
    assert "Không thấy cột “Họ và tên”" in send(client, unit, workbook(["a"])).content.decode()


def test_what_was_not_shown_is_not_written() -> None:
    unit, other = a_unit("Xã A"), a_unit("Xã B")
    client = secretary_of(unit)
    page = send(client, unit, workbook(HEAD, (1, "Lê An", "", "", ""))).content.decode()
    packed = re.search(r'name="rows" value="([^"]+)"', page)
    assert packed

    bent = client.post(
        f"/people/members/import/confirm/?unit={unit.key}", {"rows": packed[1] + "x"}
    )
    elsewhere = secretary_of(other).post(
        f"/people/members/import/confirm/?unit={other.key}", {"rows": packed[1]}
    )

    assert (bent.status_code, elsewhere.status_code) == (409, 409)
    assert not Member.objects.exists()


def test_what_goes_out_comes_in_and_changes_nothing() -> None:
    unit = a_unit()
    a_team(unit, name="Tổ 1")
    taken_in(unit, HEAD, (1, "Lê An", date(2023, 1, 1), "Tổ 1", "Tổ trưởng"), (2, "Lê Bình"))
    client = secretary_of(unit)

    out = client.get(f"/people/members/export/?unit={unit.key}").content

    names = [cell.value for cell in load_workbook(BytesIO(out)).active["B"]]
    assert names == ["Họ và tên", "Lê An", "Lê Bình"]
    assert "không có gì mới" in send(client, unit, out).content.decode()


def test_a_unit_that_has_ended_still_knows_who_was_there() -> None:
    province = a_province("Tỉnh A")
    old = a_unit("Xã A", province)
    taken_in(old, HEAD, (1, "Lê An", date(2023, 1, 1), "", ""))
    new = a_new_unit("Xã B", province)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old.key, new.key)]))
    old.refresh_from_db()

    again = taken_in(old, HEAD, (1, "Lê An", date(2023, 1, 1), "", ""))

    assert (len(again.new), notes(again)) == (0, [])
