"""A browser in which somebody of a unit has signed in, and what is typed in it."""

from datetime import timedelta
from typing import Any

from django.test import Client

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant, a_province, a_user
from senhong.work.models import Task
from senhong.work.tests.make import a_list, a_task, parcels


def signed_in(unit: Unit, role: Role = Role.SECRETARY, user: User | None = None) -> Client:
    user = user or a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return page.content.decode()


def typed(**fields: Any) -> dict[str, Any]:
    due = clock.today() + timedelta(days=9)
    usual = {
        "id": str(uuid7()), "title": "Lập danh sách tổ", "words": "", "due_on": f"{due}",
        "due_hour": "", "starts_on": "", "starts_hour": "", "priority": "2", "tags": "",
        "answer_kind": "words", "answer_label": "", "columns": "", "is_reviewed": "on",
        "indicator": "", "quantity": "", "assignee": "",
    }  # fmt: skip
    return usual | fields


def sent_to_commune(**facts: Any) -> tuple[Unit, Unit, Task]:
    """A province, a commune, and the task that the one sent to the other."""
    province = a_province("Tỉnh A", huyện_B=["Xã C"])
    commune = Unit.objects.get(name="Xã C")
    [task] = parcels(a_task(a_list(province), **facts), commune)
    return province, commune, task
