"""axe finds nothing serious on any kind of page, light or dark, wide or narrow."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import LAPTOP, PHONE, Open

pytestmark = pytest.mark.journey

_WEIGHED = {"serious", "critical"}
_PAGES = (
    "/",
    "/units/P87-2/",
    "/units/P82-3/",
    "/units/D866-2/",
    "/units/W29869-3/",
    "/units/P87-2/communes/",
    "/units/P87-2/history/",
    "/units/search/?q=cao+lanh",
    "/plans/",
    "/activities/?when=all",
    "/activities/new/",
    "/figures/?unit=P87-2&from=2023-01-01&to=2023-03-20",
    "/figures/?unit=P87-2&indicator=citizen-turns&from=2023-01-01&to=2023-03-20&by=month",
    "/figures/postings/?unit=P87-2&indicator=citizen-turns&from=2023-03-01&to=2023-03-20",
    "/indicators/",
    "/services/",
    "/people/",
    "/people/members/",
    "/accounts/password/change/",
    "/ui/",
    "/no-such-page/",
)
# One page of each kind that is found by a link on another.
_BEHIND = (
    ("/plans/", "/plans/0"),
    ("/plans/", "/directives/"),
    ("/units/P87-2/", "/targets/"),
    ("/people/", "/teams/"),
    ("/activities/?when=all", "/activities/0"),
    (
        "/figures/postings/?unit=P87-2&indicator=citizen-turns&from=2023-03-01&to=2023-03-20",
        "/activities/help/",
    ),
)


@pytest.mark.parametrize(
    ("size", "colours"), [(LAPTOP, "light"), (PHONE, "dark")], ids=["laptop-light", "phone-dark"]
)
def test_axe_finds_nothing_serious(somebody: Open, size: object, colours: str) -> None:
    who = somebody(size, color_scheme=colours)
    page = who.open("/accounts/login/")
    found = list(mistakes(page))
    who.sign_in("tinhdoan")

    for path in _PAGES:
        who.open(path)
        found += mistakes(page)
    for path, beginning in _BEHIND:
        who.open(path)
        page.locator(f"main a[href^='{beginning}']").first.click()
        page.wait_for_load_state()
        found += mistakes(page)

    assert found == []


def mistakes(page: Page) -> Iterator[str]:
    """What axe calls serious or critical, each with its place."""
    for rule in Axe().run(page).response["violations"]:
        if rule["impact"] in _WEIGHED:
            for node in rule["nodes"]:
                yield f"{page.url} {rule['id']} {node['target']} {node['html'][:150]}"
