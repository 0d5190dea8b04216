"""The pages of practices: what they say, what they make, at what cost."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.core.ids import uuid7
from senhong.ledger.tests.make import client_at
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import found_installation
from senhong.org.tests.make import a_province, a_unit
from senhong.practices.models import Adoption, Practice, PracticePicture, PracticeState
from senhong.practices.tests.make import a_picture, a_png, a_practice, an_adoption

pytestmark = pytest.mark.django_db

GPS = (b"eXIf", b"MM\0*\0\0\0\x08GPS 10.29 105.75")


def typed(unit: Unit, **fields: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()), "unit": unit.key, "name": "Chợ không tiền mặt",
        "since_on": "2023-01-15", "description": "Mỗi sạp một mã.", "results": "", "state": "shared",
    }  # fmt: skip
    return usual | fields


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return str(page.content.decode())


def test_a_secretary_starts_a_practice_and_another_unit_adopts_it() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    starter, adopter = client_at(a, Role.SECRETARY), client_at(b, Role.SECRETARY)

    made = starter.post("/practices/new/", typed(a))
    url = made.headers["Location"]
    before = text_of(adopter, url)
    fields = {"id": str(uuid7()), "unit": b.key, "adopted_on": "2023-03-15", "note": "ở chợ xã"}
    done = adopter.post(f"{url}adopt/", fields)
    again = adopter.post(f"{url}adopt/", fields)

    assert made.status_code == 303
    assert "Đơn vị tôi áp dụng mô hình này" in before
    assert "Đơn vị tôi áp dụng" not in text_of(starter, url)
    assert (done.status_code, again.status_code) == (303, 303)
    assert Adoption.objects.get().unit == b
    after = text_of(adopter, url)
    assert "1 đơn vị áp dụng" in after
    assert "ở chợ xã" in after
    asked = f"?unit={b.key}&indicator=practices-adopted&from=2023-03-01&to=2023-03-31"
    behind = text_of(adopter, f"/figures/postings/{asked}")
    assert "Áp dụng mô hình “Chợ không tiền mặt”" in behind
    assert f'href="{url}"' in behind


def test_in_a_demo_the_pages_are_those_of_the_day_that_is_read() -> None:
    province = a_province()
    found_installation(SYSTEM, province=province, demo_reading_on=date(2023, 3, 20))
    units = [a_unit(f"Xã {name}", province) for name in "ABC"]
    practice = a_practice(units[0])
    a_practice(units[0], name="Loa số", since_on=date(2023, 3, 21))
    an_adoption(practice, units[1], on=date(2023, 3, 20))
    an_adoption(practice, units[2], on=date(2023, 3, 21))
    client = client_at(province)

    listed, page = text_of(client, "/practices/"), text_of(client, f"/practices/{practice.pk}/")
    taken_up = text_of(client, "/practices/?whose=adopted")
    asked = text_of(client_at(a_unit("Xã D", province)), f"/practices/{practice.pk}/adopt/")

    assert "Loa số" not in listed
    for text in (listed, page, taken_up):
        assert "1 đơn vị áp dụng" in text
    assert "Xã B" in page
    assert "Xã C" not in page
    assert 'value="2023-03-20"' in asked


def test_mistakes_come_back_with_the_form() -> None:
    practice = a_practice(since_on=date(2023, 3, 1))
    b = a_unit("Xã B", practice.unit.province)
    client = client_at(b, Role.SECRETARY)
    fields = {"id": str(uuid7()), "unit": b.key, "adopted_on": "2023-02-01", "note": ""}

    early = client.post(f"/practices/{practice.pk}/adopt/", fields)
    client.post(f"/practices/{practice.pk}/adopt/", fields | {"adopted_on": "2023-04-01"})
    twice = fields | {"id": str(uuid7()), "adopted_on": "2023-05-01"}
    second = client.post(f"/practices/{practice.pk}/adopt/", twice)

    assert early.status_code == second.status_code == 422
    assert "đứng trước ngày mô hình bắt đầu" in early.content.decode()
    assert "đã áp dụng mô hình này rồi" in second.content.decode()
    nothing_left = text_of(client, f"/practices/{practice.pk}/adopt/")
    assert "Không còn đơn vị nào để ghi" in nothing_left


def test_an_adoption_is_withdrawn_after_asking() -> None:
    adoption = an_adoption()
    client = client_at(adoption.unit, Role.SECRETARY)
    url = f"/practices/adoptions/{adoption.pk}/withdraw/"

    assert "không còn được tính" in text_of(client, url)
    done = client.post(url)

    assert done.headers["Location"] == f"/practices/{adoption.practice_id}/"
    assert Adoption.objects.get().withdrawn_on is not None
    assert "Chưa đơn vị nào áp dụng." in text_of(client, done.headers["Location"])


def test_a_practice_is_changed_and_ended() -> None:
    practice = a_practice()
    client = client_at(practice.unit, Role.SECRETARY)
    fields = typed(practice.unit, name="Chợ số", state="ended")

    assert client.post(f"/practices/{practice.pk}/edit/", fields).status_code == 303

    changed = Practice.objects.get()
    assert (changed.name, changed.state) == ("Chợ số", PracticeState.ENDED)
    assert "Đã dừng" in text_of(client, "/practices/")


def test_a_picture_is_shown_without_where_it_was_taken() -> None:
    practice = a_practice()
    client = client_at(practice.unit, Role.SECRETARY)
    upload = SimpleUploadedFile("chợ.png", a_png(GPS))
    fields = {"id": str(uuid7()), "picture": upload, "told": "Sạp rau có mã QR"}

    added = client.post(f"/practices/{practice.pk}/pictures/", fields)

    assert added.status_code == 303
    picture = PracticePicture.objects.get()
    page = text_of(client, f"/practices/{practice.pk}/")
    assert f'<img src="/practices/pictures/{picture.pk}/" alt="Sạp rau có mã QR"' in page
    answer = client.get(f"/practices/pictures/{picture.pk}/")
    assert b"".join(answer.streaming_content) == a_png()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/png"
    assert client.post(f"/practices/pictures/{picture.pk}/remove/").status_code == 303
    assert not PracticePicture.objects.exists()


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", a_png()[:-6], b"\xff\xd8\xff\xe0JF"])
def test_what_is_no_picture_is_refused_at_its_field(content: bytes) -> None:
    practice = a_practice()
    client = client_at(practice.unit, Role.SECRETARY)
    fields = {"id": str(uuid7()), "picture": SimpleUploadedFile("a.png", content), "told": "Ảnh"}

    refused = client.post(f"/practices/{practice.pk}/pictures/", fields)

    assert refused.status_code == 422
    assert "không phải ảnh JPG, PNG hay WebP" in refused.content.decode()


def test_the_list_is_searched_and_narrowed() -> None:
    practice = a_practice(name="Chợ không tiền mặt")
    a_practice(a_unit("Xã B", practice.unit.province), name="Loa số")
    client = client_at(practice.unit, Role.SECRETARY)

    found = text_of(client, "/practices/?q=khong+tien")
    ours = text_of(client, "/practices/?whose=started")
    nothing = text_of(client, "/practices/?q=khac")

    assert "Chợ không tiền mặt" in found
    assert "Loa số" not in found
    assert "Loa số" not in ours
    assert "Không thấy mô hình nào như vậy" in nothing


def a_busy_practice(units: int) -> Practice:
    province = a_province()
    practice = a_practice(a_unit("Xã A", province))
    for number in range(units):
        an_adoption(practice, a_unit(f"Xã B{number}", province))
        a_practice(a_unit(f"Xã C{number}", province), name=f"Mô hình {number}")
    a_picture(practice)
    return practice


def test_pages_take_as_many_queries_with_one_unit_as_with_thirty() -> None:
    counts = []
    for units in (1, 30):
        practice = a_busy_practice(units)
        client = client_at(practice.unit.province or practice.unit)
        taken = []
        for url in (
            "/practices/",
            f"/practices/{practice.pk}/",
            f"/practices/{practice.pk}/adopt/",
        ):
            client.get(url)  # what is cached is cached
            with CaptureQueriesContext(connection) as seen:
                text_of(client, url)
            taken.append(len(seen))
        counts.append(taken)

    assert counts[0] == counts[1]
    assert counts[0][0] <= 12
    assert max(counts[0]) <= 15


def test_over_the_api_practices_are_listed_and_adopted() -> None:
    practice = a_practice()
    b = a_unit("Xã B", practice.unit.province)
    client = client_at(b, Role.SECRETARY)
    body = {"id": str(uuid7()), "unit": b.key, "adopted_on": "2023-03-15"}

    def adopt(**changes: str) -> Any:
        return client.post(
            f"/api/v1/practices/{practice.pk}/adopt", json.dumps(body | changes), "application/json"
        )

    made, again, other = adopt(), adopt(), adopt(id=str(uuid7()))
    [listed] = client.get("/api/v1/practices?q=cho").json()["items"]

    assert (made.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert made.json() == again.json()
    assert other.json()["code"] == "already-adopted"
    assert (listed["adopters"], listed["unit"]) == (1, practice.unit.key)


def test_the_map_sets_off_who_adopted() -> None:
    province = a_province()
    units = [a_unit(f"Xã {letter}", province) for letter in "ABCD"]
    for number, unit in enumerate(units):
        Unit.objects.filter(pk=unit.pk).update(lat=10 + number / 10, lon=105 + number % 2 / 10)
    practice = a_practice(units[0])
    an_adoption(practice, units[1])

    page = text_of(client_at(province), f"/practices/{practice.pk}/")

    assert "Nơi áp dụng “Chợ không tiền mặt”" in page
    assert re.search("nơi khởi xướng", page)
    assert re.search("chưa áp dụng", page)
