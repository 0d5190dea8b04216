"""The pages of changes of the map: steps, Excel out and in, two people, constant queries."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from senhong.core.ids import uuid7
from senhong.org.jobs import run_map_changes
from senhong.org.models import ChangeState, MapChange, Role, Unit
from senhong.org.queries import change_in
from senhong.org.services import draft_change
from senhong.org.tests.make import SYSTEM, a_grant, a_province, a_unit, a_user

pytestmark = pytest.mark.django_db
DAY = 20270101


def office_of(unit: Unit, role: Role = Role.PROVINCE_OFFICE) -> Client:
    user = a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyện_A=["Phường Một", "Phường Hai"], huyện_B=["Xã Ba", "Xã Bốn"])


@pytest.fixture
def draft(province: Unit) -> MapChange:
    return draft_change(SYSTEM, uuid7(), province=province, name="Sắp xếp 2027", day=DAY)


def key(name: str) -> str:
    return Unit.objects.get(name=name).key


def page_of(draft: MapChange, tail: str = "") -> str:
    return f"/maps/changes/{draft.pk}/{tail}"


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def sent(client: Client, url: str, status: int = 303, **facts: Any) -> str:
    answer = client.post(url, {"id": uuid7(), **facts})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def merge(client: Client, draft: MapChange, *names: str, name: str = "Mới") -> None:
    units = [key(each) for each in names]
    sent(client, page_of(draft, "add/merge/"), units=units, kind="phường", name=name)


def test_an_office_begins_a_change_and_finds_it_in_the_list(province: Unit) -> None:
    client = office_of(province)

    sent(client, "/maps/changes/new/", province=province.key, name="Sáp nhập", day="2027-01-01")

    page = text(client, "/maps/changes/")
    assert "Sáp nhập" in page
    assert "đang soạn" in page


def test_what_is_missing_is_said_at_its_field(province: Unit) -> None:
    page = sent(office_of(province), "/maps/changes/new/", status=422, name="Sáp nhập")

    assert 'id="id_day_field" class="field field--wrong"' in page


def test_each_plain_step_is_said_in_a_sentence(province: Unit, draft: MapChange) -> None:
    client = office_of(province)
    merge(client, draft, "Phường Một", "Phường Hai", name="Đôi")
    sent(client, page_of(draft, "add/divide/"), unit=key("Xã Ba"), heir=2,
         parts="Xã Ba Đông\nXã Ba Tây")  # fmt: skip
    sent(client, page_of(draft, "add/rename/"), unit=key("Xã Bốn"), kind="phường", name="Bốn")
    sent(client, page_of(draft, "add/move/"), units=[key("Xã Bốn")], parent=key("huyện A"))

    page = text(client, page_of(draft))

    assert (
        "Phường Đôi được lập mới, thuộc Huyện A, gồm toàn bộ Phường Một, toàn bộ Phường Hai."
        in page
    )
    assert "Xã Ba được chia; lịch sử số liệu, tổ và thành viên sang Xã Ba Tây." in page
    assert "Xã Bốn đổi thành Phường Bốn và chuyển sang thuộc Huyện A." in page
    assert "3 đơn vị kết thúc" in page
    assert "Không đụng đến: " in page
    assert "hoạt động chưa kết thúc" in page
    assert "Gửi người thứ hai duyệt" in page


def test_a_draft_about_a_unit_that_has_never_been_is_shown_with_what_stands_against_it(
    province: Unit, draft: MapChange
) -> None:
    """Another change was undone, and with it the unit that this draft ends."""
    MapChange.objects.filter(pk=draft.pk).update(content={"ends": ["W-gone"]})

    page = text(office_of(province), page_of(draft))

    assert "W-gone kết thúc" in page
    assert "Không có đơn vị nào mang mã định danh: W-gone" in page


def test_the_dry_run_says_how_many_roles_follow_their_unit(
    province: Unit, draft: MapChange
) -> None:
    client = office_of(province)
    a_grant(a_user(), Unit.objects.get(name="Phường Một"))
    merge(client, draft, "Phường Một", "Phường Hai")

    assert "<strong>1 vai trò</strong> · Giữ nguyên, sang đơn vị kế thừa." in text(
        client, page_of(draft)
    )


def test_a_step_sent_twice_is_one_step(province: Unit, draft: MapChange) -> None:
    client, id = office_of(province), uuid7()
    facts = {"id": id, "units": [key("Phường Một"), key("Phường Hai")], "kind": "phường",
             "name": "Đôi"}  # fmt: skip

    for _ in range(2):
        assert client.post(page_of(draft, "add/merge/"), facts).status_code == 303

    change = change_in(MapChange.objects.get())
    assert (len(change.ends), len(change.begins), len(change.edges)) == (2, 1, 2)


def test_a_line_is_taken_out_again(province: Unit, draft: MapChange) -> None:
    client = office_of(province)
    merge(client, draft, "Phường Một", "Phường Hai")
    [new] = change_in(MapChange.objects.get()).begins

    sent(client, page_of(draft, "remove/"), unit=new.key)

    assert "Chưa có gì." in text(client, page_of(draft))


@pytest.mark.parametrize(
    ("step", "facts", "said"),
    [
        ("merge", {"units": ["Phường Một"], "kind": "phường", "name": "X"}, "ít nhất hai"),
        (
            "merge",
            {"units": ["Phường Một", "Phường Hai"], "kind": "huyện", "name": "X"},
            "không cùng cấp",
        ),
        ("divide", {"unit": "Xã Ba", "parts": "Xã X\nHuyện Y", "heir": 1}, "không cùng cấp"),
        ("divide", {"unit": "Xã Ba", "parts": "Xã Một Mình", "heir": 1}, "từ 2 đến"),
        ("divide", {"unit": "Xã Ba", "parts": "Ba Đông\nBa Tây", "heir": 1}, "thiếu loại"),
        ("divide", {"unit": "Xã Ba", "parts": "Xã X\nXã Y", "heir": 3}, "Không có dòng này"),
        ("rename", {"unit": "Xã Ba", "kind": "huyện", "name": "Ba"}, "không cùng cấp"),
        ("end", {"unit": "Xã Ba", "heir": "Xã Ba"}, "đơn vị khác"),
    ],
)
def test_a_step_that_makes_no_sense_is_said_at_its_field(
    province: Unit, draft: MapChange, step: str, facts: dict[str, Any], said: str
) -> None:
    for field in ("unit", "heir"):
        if isinstance(facts.get(field), str):
            facts = {**facts, field: key(facts[field])}
    if "units" in facts:
        facts = {**facts, "units": [key(name) for name in facts["units"]]}

    assert said in sent(office_of(province), page_of(draft, f"add/{step}/"), status=422, **facts)


def test_what_cannot_be_is_said_and_not_offered(province: Unit, draft: MapChange) -> None:
    client = office_of(province)
    sent(client, page_of(draft, "add/end/"), unit=key("huyện A"))

    page = text(client, page_of(draft))

    assert "Sẽ không còn đơn vị cấp trên" in page
    assert "Gửi người thứ hai duyệt" not in page


def test_two_people_and_a_job_change_the_map_and_undo_it(province: Unit, draft: MapChange) -> None:
    first, second = office_of(province), office_of(province)
    merge(first, draft, "Phường Một", "Phường Hai", name="Đôi")

    sent(first, page_of(draft, "do/propose/"))
    assert "cần một người khác" in text(first, page_of(draft))
    assert first.post(page_of(draft, "do/confirm/")).status_code == 409
    sent(second, page_of(draft, "do/confirm/"))
    waiting = second.get(page_of(draft))
    assert waiting["Refresh"]
    assert "<progress" in waiting.content.decode()
    run_map_changes.call(0)
    assert "đã thực hiện" in text(first, page_of(draft))

    sent(first, page_of(draft, "do/undo/"))
    sent(second, page_of(draft, "do/confirm-undo/"))
    run_map_changes.call(0)
    assert "đã hoàn tác" in text(first, page_of(draft))
    assert not Unit.objects.filter(name="Đôi").exists()


def test_a_refusal_is_shown_with_its_reason(province: Unit, draft: MapChange) -> None:
    first, second = office_of(province), office_of(province)
    merge(first, draft, "Phường Một", "Phường Hai")
    sent(first, page_of(draft, "do/propose/"))

    sent(second, page_of(draft, "refuse/"), reason="Chưa có nghị quyết")

    page = text(first, page_of(draft))
    assert "Chưa có nghị quyết" in page
    sent(first, page_of(draft, "do/reopen/"))


def test_name_and_day_of_a_draft_can_be_mended(province: Unit, draft: MapChange) -> None:
    sent(office_of(province), page_of(draft, "edit/"), name="Tên khác", day="2027-02-01")

    left = MapChange.objects.get()
    assert (left.name, left.day) == ("Tên khác", 20270201)


def test_others_may_not_know_that_it_exists(province: Unit, draft: MapChange) -> None:
    secretary = office_of(Unit.objects.get(name="Xã Ba"), Role.SECRETARY)

    assert secretary.get(page_of(draft)).status_code == 404
    assert secretary.get("/maps/changes/").status_code == 404
    assert secretary.get("/maps/changes/new/").status_code == 404
    assert office_of(province).get(page_of(draft, "add/dance/")).status_code == 404
    assert office_of(province).post(page_of(draft, "do/dance/")).status_code == 404


def rows_of(client: Client, draft: MapChange) -> list[list[Any]]:
    answer = client.get(page_of(draft, "sheet.xlsx"))
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def upload(client: Client, draft: MapChange, rows: list[list[Any]], status: int = 303) -> str:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    answer = client.post(
        page_of(draft, "sheet/"), {"file": SimpleUploadedFile("a.xlsx", out.getvalue())}
    )
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


HEAD = [
    "Việc",
    "Mã định danh",
    "Đơn vị",
    "Thuộc",
    "Mã số",
    "Trở thành",
    "Phần",
    "Nhận lịch sử",
    "Tên mới",
]


def test_what_goes_out_to_excel_comes_in_as_the_same_change(
    province: Unit, draft: MapChange
) -> None:
    client = office_of(province)
    merge(client, draft, "Phường Một", "Phường Hai", name="Đôi")
    sent(client, page_of(draft, "add/divide/"), unit=key("Xã Ba"), heir=2,
         parts="Xã Ba Đông\nXã Ba Tây")  # fmt: skip
    sent(client, page_of(draft, "add/rename/"), unit=key("Xã Bốn"), kind="phường", name="Bốn")
    before = MapChange.objects.get().content

    rows = rows_of(client, draft)
    upload(client, draft, rows)

    assert rows[0] == HEAD
    assert len(rows) == 1 + 3 + 4 + 1 + 2  # new, ended by part, renamed, two districts
    after = MapChange.objects.get().content
    for part in ("ends", "edges", "alters"):
        assert after[part] == before[part]
    assert [each["name"] for each in after["begins"]] == [each["name"] for each in before["begins"]]


def test_a_table_written_by_hand_is_read_by_names(province: Unit, draft: MapChange) -> None:
    client = office_of(province)
    rows = [
        ["SẮP XẾP NĂM 2027"],
        ["việc", "Đơn vị", "Thuộc", "Trở thành"],
        ["Thành lập", "Phường Sen", "huyen a", ""],
        ["Kết thúc", "phuong mot", "", "Phường Sen"],
        ["kết thúc", "Phường Hai", "", "phường sen"],
        ["", "Xã Ba", "", ""],
    ]

    upload(client, draft, rows)

    change = change_in(MapChange.objects.get())
    [new] = change.begins
    assert (new.kind, new.name, new.parent) == ("phường", "Sen", key("huyện A"))
    assert {edge.successor for edge in change.edges} == {new.key}
    upload(client, draft, rows)
    assert change_in(MapChange.objects.get()) == change


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["kết thúc", "", "Phường Mot Hai", "", "", "", "", "", ""], "Có phải là: Phường"),
        (["kết thúc", "W-0", "", "", "", "", "", "", ""], "Không có mã định danh W-0"),
        (["nhảy", "", "Xã Ba", "", "", "", "", "", ""], "chỉ nhận: kết thúc"),
        (["kết thúc", "", "Xã Ba", "", "", "Xã Năm", "", "", ""], "Không có đơn vị “Xã Năm”"),
        (["kết thúc", "", "Xã Ba", "", "", "Xã Bốn", "nửa", "", ""], "một phần"),
        (["thành lập", "", "Sen", "", "", "", "", "", ""], "thiếu loại"),
        (["thành lập", "", "Xã Sen", "Huyện Z Z", "", "", "", "", ""], "Huyện Z Z"),
        (["đổi", "", "Xã Ba", "Huyện B", "", "", "", "", ""], "không nói đổi gì"),
        (["đổi", "", "Xã Ba", "", "", "", "", "", "Huyện Ba"], "không cùng cấp với Xã Ba"),
        (["đổi", "", "Xã Ba", "", "", "", "", "", f"Xã {'x' * 101}"], "dài nhất 100"),
        (["đổi", "", "Xã Ba", "Xã Bốn", "", "", "", "", ""], "phải ở cấp cao hơn"),
        (["thành lập", "", "Xã Sen", "Xã Bốn", "", "", "", "", ""], "phải ở cấp cao hơn"),
        (["thành lập", "W/1", "Xã Sen", "", "", "", "", "", ""], "Mã định danh “W/1”"),
        (["thành lập", "W" * 21, "Xã Sen", "", "", "", "", "", ""], "dài nhất 20"),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_changed(
    province: Unit, draft: MapChange, row: list[str], said: str
) -> None:
    page = upload(office_of(province), draft, [HEAD, row], status=422)

    assert "Dòng 2" in page
    assert said in page
    assert MapChange.objects.get().content == {}


def test_a_unit_divided_without_a_heir_is_named(province: Unit, draft: MapChange) -> None:
    rows = [HEAD, ["kết thúc", "", "Xã Ba", "", "", "Xã Bốn", "một phần", "", ""],
            ["kết thúc", "", "Xã Ba", "", "", "Phường Một", "một phần", "", ""]]  # fmt: skip

    assert "nhận lịch sử" in upload(office_of(province), draft, rows, status=422)


@pytest.mark.parametrize("communes", [2, 40])
def test_a_change_costs_the_same_queries_however_many_units_it_names(
    communes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province = a_province("Tỉnh A", huyện_A=[f"Xã {n}" for n in range(communes)])
    prepared = draft_change(SYSTEM, uuid7(), province=province, name="Sắp xếp", day=DAY)
    client = office_of(province)
    names = [f"Xã {n}" for n in range(communes)]
    merge(client, prepared, *names)

    with django_assert_num_queries(23):
        text(client, page_of(prepared))
    assert prepared.state == ChangeState.DRAFT
    assert isinstance(prepared.pk, UUID)


def test_the_list_costs_few_queries(
    province: Unit, draft: MapChange, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = office_of(province)
    a_unit("Chi đoàn 1", Unit.objects.get(name="Xã Ba"))

    with django_assert_num_queries(8):
        text(client, "/maps/changes/")
