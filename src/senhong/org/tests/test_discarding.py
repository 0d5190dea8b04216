"""A draft that comes to nothing, and a file that says nothing: the office goes on undisturbed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from senhong.audit.models import Event
from senhong.core.ids import uuid7
from senhong.org.models import MapChange, Unit
from senhong.org.services import draft_change
from senhong.org.tests.make import SYSTEM, a_province
from senhong.org.tests.test_change_pages import DAY, merge, office_of, page_of, sent, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyện_A=["Phường Một", "Phường Hai"])


@pytest.fixture
def draft(province: Unit) -> MapChange:
    return draft_change(SYSTEM, uuid7(), province=province, name="Sắp xếp 2027", day=DAY)


def test_a_draft_is_discarded_and_may_be_opened_again(province: Unit, draft: MapChange) -> None:
    office = office_of(province)
    merge(office, draft, "Phường Một", "Phường Hai")

    assert "Bỏ bản soạn “" in text(office, page_of(draft, "discard/"))
    sent(office, page_of(draft, "discard/"))
    sent(office, page_of(draft, "discard/"))

    assert f'href="{page_of(draft)}"' not in text(office, "/maps/changes/")
    assert "đã bỏ bản soạn" in text(office, page_of(draft))
    assert office.post(page_of(draft, "do/propose/")).status_code == 409
    assert Event.objects.filter(name="map-change.discarded").count() == 1
    sent(office, page_of(draft, "do/reopen/"))
    sent(office, page_of(draft, "do/propose/"))
    assert office.post(page_of(draft, "discard/")).status_code == 409


@pytest.mark.parametrize("data", [b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"?"])
def test_a_file_that_is_no_workbook_comes_back_to_its_form(
    province: Unit, draft: MapChange, data: bytes
) -> None:
    client = office_of(province)

    answer = client.post(page_of(draft, "sheet/"), {"file": SimpleUploadedFile("a.xlsx", data)})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'type="file"' in page
    assert "Hãy mở bằng Excel" in page
