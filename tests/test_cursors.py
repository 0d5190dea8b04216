"""A list that goes on after something unknown says so: an empty part would read like its end."""

import pytest
from django.test import Client

from senhong.accounts.services import issue_token
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import SYSTEM, a_grant
from tests.cast import a_world

pytestmark = pytest.mark.django_db
LISTS = [
    "teams?", "members?", "plans?", "targets?", "practices?", "field/messages?", "reminders?",
    "activities?", "activities/{activity}/helps?",
    "postings?unit={province}&indicator=activities&from=2023-01-01&to=2023-12-31&",
]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_after_something_unknown_comes_no_empty_part(path: str) -> None:
    world = a_world()
    user, province = world.users["province"], Unit.objects.get(key=world.ids["a_province"])
    a_grant(user, province, Role.ADMINISTRATOR)
    token = issue_token(SYSTEM, uuid7(), user=user, name="thử")
    url = path.format(province=province.key, activity=world.ids["activity"])

    headers = {"Authorization": f"Bearer {token}"}
    answer = Client().get(f"/api/v1/{url}after={uuid7()}", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-cursor")
