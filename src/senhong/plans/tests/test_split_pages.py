"""The page of a split: proposed, corrected, read from a workbook, saved."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from senhong.core.ids import uuid7
from senhong.ledger.tests.make import posted
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, a_unit
from senhong.people.tests.make import a_member
from senhong.plans import queries
from senhong.plans.models import Target, TargetRevision
from senhong.plans.tests.make import a_plan, a_split, a_target
from senhong.plans.tests.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> Target:
    province = a_province("Tỉnh A", huyện_B=["Xã 1", "Xã 2"], huyện_C=["Xã 3"])
    return a_target(province, quantity=1000, plan=a_plan(province))


def key(title: str) -> str:
    return next(unit.key for unit in Unit.objects.all() if unit.title == title)


def unit(title: str) -> Unit:
    return Unit.objects.get(key=key(title))


def sent(client: Client, target: Target, do: str, **fields: Any) -> tuple[int, str]:
    answer = client.post(f"/targets/{target.pk}/split/", {"do": do, **fields})
    return answer.status_code, answer.content.decode()


def typed(target: Target, shares: dict[str, int], **fields: Any) -> dict[str, Any]:
    usual = {"id": str(uuid7()), "seen": target.quantity, "quantity": target.quantity, "lines": ""}
    return usual | {f"share-{key(title)}": n for title, n in shares.items()} | fields


def shown(text: str) -> dict[str, int]:
    """The shares in the fields of the page, by key of the unit."""
    found = re.findall(r'name="share-([^"]+)" value="(\d+)"', text)
    return {key: int(value) for key, value in found}


def quantities(target: Target) -> dict[str, int]:
    return {share.unit.title: share.quantity for share in queries.shares_of(target)}


def a_sheet(*rows: list[Any]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("chia.xlsx", out.getvalue())


def test_a_target_is_split_by_members_and_one_share_corrected_by_hand(whole: Target) -> None:
    for number, title in enumerate(["Xã 1", "Xã 1", "Xã 2", "Xã 3"]):
        a_member(unit(title), full_name=f"Nguyễn Văn {chr(65 + number)}")
    client = signed_in(whole.unit)

    status, proposed = sent(client, whole, "propose", way="members", quantity=1000)

    assert status == 200
    assert shown(proposed) == {key("Huyện B"): 750, key("Huyện C"): 250, key("Tỉnh A"): 0}
    assert "Vừa đủ" in proposed
    assert not queries.is_split(whole)
    corrected = {"Huyện B": 700, "Huyện C": 250, "Tỉnh A": 50}
    assert sent(client, whole, "save", **typed(whole, corrected))[0] == 303
    assert quantities(whole) == corrected
    page = text_of(client, f"/targets/{whole.pk}/")
    assert "Phần của chính Tỉnh A" in page
    assert "3 phần đổi" in page


@pytest.mark.parametrize(
    ("way", "own", "expected"),
    [
        ("equally", "", [500, 500, 0]),
        ("equally", "on", [334, 333, 333]),
        ("as-now", "on", [600, 300, 100]),
        ("last-period", "", [800, 200, 0]),
        ("last-year", "", [250, 750, 0]),
        ("members", "", [500, 500, 0]),
    ],
)
def test_every_way_adds_up(whole: Target, way: str, own: str, expected: list[int]) -> None:
    quarter = a_target(
        whole.unit, quantity=1000, plan=whole.plan, from_day=20230401, to_day=20230701
    )
    a_split(quarter, {"Huyện B": 600, "Huyện C": 300, "own": 100})
    posted(SYSTEM, unit("Xã 1"), whole.indicator, 8, day=20230101)
    posted(SYSTEM, unit("Xã 3"), whole.indicator, 2, day=20230331)
    posted(SYSTEM, unit("Xã 1"), whole.indicator, 1, day=20220401)
    posted(SYSTEM, unit("Xã 3"), whole.indicator, 3, day=20220630)

    _status, page = sent(signed_in(whole.unit), quarter, "propose", way=way, own=own, quantity=1000)

    assert [*shown(page).values()] == expected


def test_a_split_that_does_not_add_up_says_by_how_much(whole: Target) -> None:
    client = signed_in(whole.unit)

    short = sent(client, whole, "save", **typed(whole, {"Huyện B": 600, "Huyện C": 300}))
    over = sent(client, whole, "save", **typed(whole, {"Huyện B": 600, "Huyện C": 500}))
    wrong = sent(client, whole, "check", **typed(whole, {}) | {f"share-{key('Huyện B')}": "-5"})

    assert short[0] == over[0] == wrong[0] == 422
    assert "Còn thiếu 100" in short[1]
    assert "Thừa 100" in over[1]
    assert "Huyện B: “-5” không phải số nguyên từ 0 trở lên." in wrong[1]
    assert not queries.is_split(whole)


def test_checking_shows_the_sum_and_saves_nothing(whole: Target) -> None:
    client = signed_in(whole.unit)

    status, page = sent(client, whole, "check", **typed(whole, {"Huyện B": 600}))

    assert status == 200
    assert "Còn thiếu 400" in page
    assert shown(page)[key("Huyện B")] == 600
    assert not queries.is_split(whole)


def test_the_whole_is_changed_with_its_shares(whole: Target) -> None:
    a_split(whole, {"Huyện B": 600, "Huyện C": 400})
    client = signed_in(whole.unit)

    _status, page = sent(client, whole, "propose", way="as-now", quantity=1500)
    shares = {"Huyện B": 900, "Huyện C": 600, "Tỉnh A": 0}
    assert [*shown(page).values()] == [*shares.values()]
    asked = sent(client, whole, "save", **typed(whole, shares, quantity=1500))
    saved = sent(client, whole, "save", **typed(whole, shares, quantity=1500, reason="Tăng"))

    assert (asked[0], saved[0]) == (422, 303)  # what is decided anew has a reason
    whole.refresh_from_db()
    assert whole.quantity == 1500
    history = text_of(client, f"/targets/{whole.pk}/")
    assert "Mức: 1.000 → 1.500" in history
    assert "Tăng" in history


def test_a_workbook_goes_out_and_comes_back(whole: Target) -> None:
    a_split(whole, {"Huyện B": 600, "Huyện C": 400})
    client = signed_in(whole.unit)

    book = client.get(f"/targets/{whole.pk}/split.xlsx")
    page = load_workbook(BytesIO(b"".join(book))).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["Mã", "Đơn vị", "Phần hiện có", "Phần mới", "Ghi chú"]
    assert rows[1] == [key("Huyện B"), "Huyện B", 600, 600, None]
    rows[1][3], rows[1][4], rows[2][3] = 650, "thêm đội hình", "350"
    status, text = sent(client, whole, "upload", file=a_sheet(*rows))

    assert status == 200
    assert shown(text) == {key("Huyện B"): 650, key("Huyện C"): 350, key("Tỉnh A"): 0}
    assert "+50" in text
    assert "thêm đội hình" in text
    assert quantities(whole)["Huyện B"] == 600
    packed = re.search(r'name="lines" value="([^"]*)"', text)
    assert packed
    lines = packed[1].replace("&quot;", '"').replace("&#x27;", "'")
    fields = typed(whole, {}, lines=lines, reason="Chia lại")
    assert sent(client, whole, "save", **fields)[0] == 303
    assert quantities(whole)["Huyện B"] == 650
    assert TargetRevision.objects.filter(reason="thêm đội hình").count() == 1


def test_an_awkward_workbook_is_understood_and_a_wrong_name_gets_a_hint(whole: Target) -> None:
    client = signed_in(whole.unit)
    heads = [["BẢNG CHIA CHỈ TIÊU"], [], ["STT", "ten don vi", "PHẦN MỚI"]]

    good = a_sheet(*heads, [1, "huyen b", 700], [2, "HUYỆN C", "300"], [None, "Tổng cộng", 1000])
    bad = a_sheet(*heads, [1, "Huyện Bờ", 700], [2, "Huyện C", "ba trăm"], [3, "Huyện C", 1])

    status, text = sent(client, whole, "upload", file=good)
    assert status == 200
    assert shown(text) == {key("Huyện B"): 700, key("Huyện C"): 300, key("Tỉnh A"): 0}
    status, text = sent(client, whole, "upload", file=bad)
    assert status == 422
    assert "Dòng 4: Không có đơn vị “Huyện Bờ”. Có phải “Huyện B”?" in text
    assert "Dòng 5: Cột “Phần mới”: “ba trăm” không phải số." in text
    assert "Dòng 6: Huyện C đã có ở dòng 5. Hãy xóa bớt một dòng." in text


def test_any_column_of_numbers_weighs(whole: Target) -> None:
    client = signed_in(whole.unit)
    rows: list[list[Any]] = [["STT", "Đơn vị", "Ghi", "Dân số", "Hộ"], [1, "Huyện B", "x", 30000, 1], [2, "Huyện C", "y", "10.000", 9]]  # fmt: skip

    def propose(**fields: Any) -> tuple[int, str]:
        return sent(
            client, whole, "propose", way="column", quantity=1000, file=a_sheet(*rows), **fields
        )

    first, called, missing = propose(), propose(column="hộ"), propose(column="Xe")
    without = sent(client, whole, "propose", way="column", quantity=1000)

    assert [*shown(first[1]).values()] == [750, 250, 0]
    assert "Chia theo cột “Dân số” của tệp." in first[1]
    assert [*shown(called[1]).values()] == [100, 900, 0]
    assert missing[0] == without[0] == 422
    assert "Tệp không có cột “Xe”." in missing[1]
    assert "Hãy chọn tệp Excel có cột số để chia theo." in without[1]


def test_who_is_not_in_the_workbook_is_named_and_gets_nothing(whole: Target) -> None:
    rows: list[list[Any]] = [["Đơn vị", "Dân số"], ["Huyện B", 30]]

    _status, text = sent(
        signed_in(whole.unit), whole, "propose", way="column", quantity=1000, file=a_sheet(*rows)
    )

    assert "1 đơn vị không có trong tệp nên phần bằng 0: Huyện C." in text
    assert [*shown(text).values()] == [1000, 0, 0]


def test_a_share_says_whose_it_is_and_its_quantity_is_fixed(whole: Target) -> None:
    a_split(whole, {"Huyện B": 600, "Huyện C": 400})
    share = Target.objects.get(parent=whole, unit=unit("Huyện B"))
    client = signed_in(whole.unit)

    page = text_of(client, f"/targets/{share.pk}/")
    form = text_of(client, f"/targets/{whole.pk}/edit/")

    assert f'href="/targets/{whole.pk}/"' in page
    assert "Là một phần chỉ tiêu của" in page
    assert "Đổi mức chỉ tiêu" not in page
    assert "Mức này đổi ở trang chia chỉ tiêu." in form
    answer = client.post(f"/targets/{share.pk}/withdraw/")
    assert answer.status_code == 409
    assert "Hãy chia lại từ chỉ tiêu đó" in answer.content.decode()


def test_who_may_not_split_is_told_and_who_may_not_see_finds_nothing(whole: Target) -> None:
    in_b = signed_in(unit("Huyện B"), Role.SECRETARY)
    partner = signed_in(whole.unit, Role.PARTNER)

    assert in_b.get(f"/targets/{whole.pk}/split/").status_code == 404
    assert partner.get(f"/targets/{whole.pk}/split/").status_code == 403
    assert partner.get(f"/targets/{whole.pk}/split.xlsx").status_code == 403
    assert "Chia chỉ tiêu" not in text_of(partner, f"/targets/{whole.pk}/")


def test_a_unit_with_nobody_below_is_told_so(whole: Target) -> None:
    target = a_target(unit("Xã 1"), quantity=5, plan=whole.plan)

    page = text_of(signed_in(whole.unit), f"/targets/{target.pk}/split/")

    assert "Không có đơn vị nào bên dưới để chia" in page


@pytest.mark.parametrize("page", ["/targets/{target}/split/", "/targets/{target}/"])
def test_pages_of_a_split_take_the_same_queries_however_many_shares(page: str) -> None:
    counts = []
    for number in (2, 40):
        province = a_province()
        target = a_target(province, quantity=1000, plan=a_plan(province, to_day=20990101))
        for each in range(number):
            posted(SYSTEM, a_unit(f"Xã {each}", province), target.indicator, 1, day=20230301)
        a_split(target, {f"Xã {n}": 1000 // number for n in range(number)})
        client = signed_in(province)
        url = page.format(target=target.pk)
        client.get(url)
        with CaptureQueriesContext(connection) as taken:
            text_of(client, url)
        counts.append(len(taken))

    assert counts[0] == counts[1] <= 25


@pytest.mark.parametrize("do", ["propose", "upload"])
def test_a_file_that_is_no_workbook_comes_back_to_its_form(whole: Target, do: str) -> None:
    client = signed_in(whole.unit)
    facts = {"way": "column", "quantity": 77, "own": "on", "column": "Dân số"}

    status, page = sent(client, whole, do, file=SimpleUploadedFile("a.xlsx", b"PK cut"), **facts)

    assert status == 422
    assert "Hãy mở bằng Excel" in page
    if do == "propose":
        assert 'value="77"' in page
        assert 'value="Dân số"' in page


def test_a_file_that_is_not_needed_is_not_looked_at(whole: Target) -> None:
    client = signed_in(whole.unit)
    facts = {"way": "equally", "quantity": whole.quantity}

    file = SimpleUploadedFile("a.xlsx", b"PK cut")
    status, _page = sent(client, whole, "propose", file=file, **facts)

    assert status == 200
