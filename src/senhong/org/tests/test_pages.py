from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from senhong.accounts.models import User
from senhong.core.ids import uuid7
from senhong.org.changes import Edge
from senhong.org.jobs import import_country
from senhong.org.models import Installation, Role, Unit
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_grant,
    a_new_unit,
    a_part_of_the_country,
    a_province,
    a_unit,
    a_user,
)
from senhong.org.unit_files import read_country

pytestmark = pytest.mark.django_db
PASSWORD = "sen nở trên đồng"


def office_of(unit: Unit) -> Client:
    user = a_user()
    a_grant(user, unit, Role.PROVINCE_OFFICE)
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_search_lists_what_is_found_with_its_parent() -> None:
    province = a_province("Tỉnh A")
    commune = a_unit("Xã Tân Hoà", a_unit("Huyện B", province))

    page = text_of(office_of(province), "/units/search/?q=tan+hòa")

    assert f'href="/units/{commune.key}/"' in page
    assert f'href="/units/{commune.key}/history/"' in page
    assert "Huyện B, Tỉnh A" in page
    assert "<html" in page


def test_htmx_gets_the_list_alone() -> None:
    province = a_province("Tỉnh A")

    page = text_of(office_of(province), "/units/search/?q=a", HX_Request="true")

    assert page.lstrip().startswith('<div id="units-found"')
    assert "<html" not in page


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Gõ tên đơn vị"), ("khongco", "Không thấy đơn vị nào")]
)
def test_an_empty_search_says_what_to_do(typed: str, said: str) -> None:
    assert said in text_of(office_of(a_province()), f"/units/search/?q={typed}")


def test_what_may_not_be_seen_is_not_found_and_its_history_is_404() -> None:
    mine, other = a_province("Tỉnh A"), a_province("Tỉnh B")
    client = office_of(mine)

    assert "Tỉnh B" not in text_of(client, "/units/search/?q=tinh")
    assert client.get(f"/units/{other.key}/history/").status_code == 404


@pytest.mark.parametrize("path", ["/units/search/", "/units/P1/history/"])
def test_strangers_sign_in_first(path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_a_history_says_from_whom_and_when() -> None:
    province = a_province("Tỉnh A")
    district = a_unit("Huyện B", province)
    one, two = a_unit("Xã Một", district), a_unit("Xã Hai", district)
    new = a_new_unit("Phường Ba", province)
    restructure(
        SYSTEM,
        a_change(
            20250701, ends=[one, two, district], begins=[new],
            edges=[Edge(one.key, new.key), Edge(two.key, new.key, "part")],
        ),
    )  # fmt: skip
    client = office_of(province)

    now = text_of(client, f"/units/{new.key}/history/")
    before = text_of(client, f"/units/{one.key}/history/")

    assert "Hình thành từ" in now
    assert f'href="/units/{one.key}/history/"' in now
    assert "đến 30/06/2025" in now
    assert "một phần" in now
    assert "từ 01/07/2025" in now
    assert "Trở thành" not in now
    assert "Trở thành" in before
    assert "Huyện B" in before


@pytest.mark.parametrize("communes", [1, 30])
def test_a_history_takes_the_same_queries_however_long(communes: int) -> None:
    province = a_province(huyen_a=[f"Xã {i}" for i in range(communes)])
    new = a_new_unit("Xã Mới", province)
    ended = list(Unit.objects.filter(level="commune"))
    restructure(
        SYSTEM, a_change(20250701, ends=ended, begins=[new], edges=[(u, new) for u in ended])
    )
    client = office_of(province)

    with CaptureQueriesContext(connection) as seen:
        text_of(client, f"/units/{new.key}/history/")

    assert len(seen) <= 12


def first_run(unit: Unit, **facts: str) -> dict[str, str]:
    return {
        "id": str(uuid7()),
        "province": unit.key,
        "full_name": "Trần Văn An",
        "username": "vanphong",
        "password": PASSWORD,
    } | facts


def test_the_first_run_founds_the_installation_and_closes() -> None:
    province = a_province("Tỉnh A")
    client = Client()
    assert "Tỉnh A" in text_of(client, "/start/")

    answer = client.post("/start/", first_run(province))

    assert (answer.status_code, answer["Location"]) == (303, "/accounts/login/")
    assert Installation.objects.get().province == province
    assert client.login(username="vanphong", password=PASSWORD)
    for method in (client.get, client.post):
        assert method("/start/").status_code == 404
    assert client.post("/start/units/").status_code == 404


@pytest.mark.parametrize(
    "mistake",
    [
        {"province": ""},
        {"province": "P-0"},
        {"username": ""},
        {"password": ""},
        {"password": "123"},
    ],
)
def test_a_mistake_on_the_first_run_is_shown_and_founds_nothing(mistake: dict[str, str]) -> None:
    province = a_province("Tỉnh A")

    answer = Client().post("/start/", first_run(province, **mistake))

    assert answer.status_code == 422
    assert Installation.objects.count() == User.objects.count() == 0


def test_a_refused_account_leaves_the_first_run_open() -> None:
    province = a_province("Tỉnh A")

    answer = Client().post("/start/", first_run(province, username="Văn phòng"))

    assert answer.status_code == 422
    assert Installation.objects.count() == User.objects.count() == 0


def test_the_first_run_is_not_open_to_those_who_come_after_a_user() -> None:
    a_province()
    a_user()

    assert Client().get("/start/").status_code == 404


@pytest.fixture
def one_province_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    part = read_country().part(["P87-2", "P82-2", "P82-3"])
    monkeypatch.setattr("senhong.org.jobs.read_country", lambda: part)


@pytest.mark.usefixtures("one_province_shipped")
def test_without_units_the_first_run_brings_them_in_by_a_job() -> None:
    client = Client()
    assert "Nhập đơn vị hành chính" in text_of(client, "/start/")

    answer = client.post("/start/units/")
    waiting = client.get(answer["Location"])
    waited_for = DBTaskResult.objects.get().task_result
    import_country.call(*waited_for.args)

    assert answer.status_code == 303
    assert "Đang nhập" in waiting.content.decode()
    assert waiting["Refresh"] == "3"
    assert "Tỉnh Đồng Tháp" in text_of(client, answer["Location"])


def init(*options: str) -> str:
    out = StringIO()
    call_command("init", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def units_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole country is loaded elsewhere; here its file is a part of it."""
    a_part_of_the_country(["P87-2", "P82-2", "P82-3"])
    part = read_country().part(["P87-2", "P82-2", "P82-3"])
    monkeypatch.setattr(
        "senhong.org.management.commands.import_units.read_country", lambda *files: part
    )


@pytest.mark.usefixtures("units_are_there")
def test_init_does_the_same_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    options = ["--province", "P82-3", "--username", "vanphong", "--password-file", str(file)]

    said = init(*options)

    assert "Tỉnh Đồng Tháp" in said
    assert Client().login(username="vanphong", password=PASSWORD)
    with pytest.raises(CommandError, match="đã được khởi tạo"):
        init(*options)


@pytest.mark.usefixtures("units_are_there")
@pytest.mark.parametrize(
    ("province", "password", "said"),
    [
        ("P-0", PASSWORD, "Không tìm thấy"),
        ("P87-2", PASSWORD, "không phải là tỉnh"),
        ("P82-3", "123", ""),
    ],
)
def test_init_refuses_without_a_trace(
    province: str, password: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENHONG_INIT_PASSWORD", password)

    with pytest.raises(CommandError) as refused:
        init("--province", province, "--username", "vanphong")

    assert said in str(refused.value)
    assert Installation.objects.count() == User.objects.count() == 0
