"""A task from list to acceptance, through its pages."""

import re

import pytest
from django.test import Client

from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.work.answering import AnswerForm, AnswerKind
from senhong.work.tests.make import a_list, a_task, parcels

pytestmark = pytest.mark.django_db


def signed_in(unit: Unit, role: Role) -> Client:
    user = a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_a_commune_answers_is_returned_once_and_accepted() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    form = AnswerForm(AnswerKind.NUMBER, "Số tổ")
    [task] = parcels(a_task(a_list(province), title="Lập tổ", form=form), commune)
    chi, office = signed_in(commune, Role.SECRETARY), signed_in(province, Role.PROVINCE_OFFICE)
    address = f"/tasks/{task.pk}/"

    assert "Lập tổ" in text(chi, "/tasks/?q=lap to")
    assert chi.post(f"{address}start/").status_code == 303
    wrong = chi.post(f"{address}hand-in/", {"id": uuid7(), "number": "nhiều"})
    assert wrong.status_code == 422
    assert "không đúng kiểu được hỏi" in wrong.content.decode()
    chi.post(f"{address}hand-in/", {"id": uuid7(), "number": "1.250"})
    assert "Chờ duyệt kết quả" in text(office, address)

    assert office.post(f"{address}return/", {"reason": ""}).status_code == 422
    office.post(f"{address}return/", {"reason": "Thiếu một tổ"})
    assert "Thiếu một tổ" in text(chi, address)

    chi.post(f"{address}hand-in/", {"id": uuid7(), "number": "1.251"})
    office.post(f"{address}accept/")
    assert "Đúng hạn" in text(chi, address)
