"""How many SQL queries the first page takes, for provinces of different size."""

from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measures import Facts
from senhong.accounts.models import User
from senhong.core.days import LAST_DAY
from senhong.org.models import Unit


def first_page_queries(username: str) -> Facts:
    """Queries of /units/<province>/ for the provinces with the fewest and the most communes."""
    browser = Client()
    browser.force_login(User.objects.get(username=username))
    return {
        f"{unit.title} ({communes})": _queries(browser, unit) for unit, communes in _provinces()
    }


def _provinces() -> list[tuple[Unit, int]]:
    standing = Q(maps__to_day=LAST_DAY, maps__placements__unit__level="commune")
    found = (
        Unit.objects.filter(level="province", to_day=LAST_DAY)
        .annotate(communes=Count("maps__placements", filter=standing))
        .order_by("communes")
    )
    ordered = list(found)
    middle = next(unit for unit in ordered if unit.key == "P82-3")
    return [(unit, unit.communes) for unit in (ordered[0], middle, ordered[-1])]


def _queries(browser: Client, unit: Unit) -> int:
    address = f"/units/{unit.key}/"
    browser.get(address, headers={"host": "127.0.0.1"})  # what is read once stays in memory
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(address, headers={"host": "127.0.0.1"})
    assert answer.status_code == 200, (address, answer.status_code)
    return len(seen)
