"""How many SQL queries the first page takes, for provinces of different size."""

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measures import Facts
from bench.seed import PROVINCE
from senhong.accounts.models import User
from senhong.accounts.services import make_user
from senhong.core.days import LAST_DAY
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import grant_role

_USERNAME = "nguoi-xem"


def first_page_queries() -> Facts:
    """Queries of /units/<province>/ for the provinces with the fewest and the most communes."""
    settings.ALLOWED_HOSTS.append("testserver")
    provinces = provinces_by_size()
    browser = Client()
    browser.force_login(auditor_of([unit for unit, _communes in provinces]))
    return {f"{unit.title} ({communes})": _queries(browser, unit) for unit, communes in provinces}


def provinces_by_size() -> list[tuple[Unit, int]]:
    """The provinces with the fewest communes, ours, and the one with most; with their number."""
    standing = Q(maps__to_day=LAST_DAY, maps__placements__unit__level="commune")
    found = (
        Unit.objects.filter(level="province", to_day=LAST_DAY)
        .annotate(communes=Count("maps__placements", filter=standing))
        .order_by("communes")
    )
    ordered = list(found)
    ours = next(unit for unit in ordered if unit.key == PROVINCE)
    chosen = (ordered[0], ours, ordered[-1])
    return [(unit, getattr(unit, "communes")) for unit in chosen]  # noqa: B009  # annotated


def auditor_of(units: list[Unit]) -> User:
    """Somebody who may look at all of them."""
    if found := User.objects.filter(username=_USERNAME).first():
        return found
    user = make_user(SYSTEM, username=_USERNAME, full_name="Người Xem")
    for unit in units:
        grant_role(SYSTEM, uuid7(), user=user, role=Role.AUDITOR, unit=unit)
    return user


def _queries(browser: Client, unit: Unit) -> int:
    address = f"/units/{unit.key}/"
    browser.get(address)  # what is read once stays in memory
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(seen)
