"""People who read the first pages. A test names only what it is about."""

from datetime import date

from django.test import Client

from senhong.accounts.models import User
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import found_installation
from senhong.org.tests.make import a_grant, a_user

MARCH_20 = date(2023, 3, 20)


def signed_in(unit: Unit, role: Role = Role.PROVINCE_OFFICE, user: User | None = None) -> Client:
    """Somebody with the role at the unit, at a browser."""
    user = user or a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


def a_demo(province: Unit, reading_on: date = MARCH_20) -> None:
    """The installation is a demo that opens on this day."""
    found_installation(SYSTEM, province=province, demo_reading_on=reading_on)


def helped(unit: Unit, people: int, day: int = 20230315) -> None:
    posted(SYSTEM, unit, an_indicator("citizen-turns"), people, day=day)


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return page.content.decode()
