"""axe finds nothing serious on any kind of page, light or dark, wide or narrow."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.journeys.acting import plan
from tests.journeys.conftest import LAPTOP, PHONE, Open
from tools.look import axe_faults

pytestmark = pytest.mark.journey

_PAGES = (
    "/",
    "/units/P87-2/",
    "/units/P82-3/",
    "/units/D866-2/",
    "/units/W29869-3/",
    "/units/P87-2/communes/",
    "/units/P87-2/needs/?about=silent",
    "/messages/",
    "/messages/settings/",
    "/messages/given-up/",
    "/reminders/sent/",
    "/units/P87-2/matrix/?rows=communes",
    "/units/P87-2/map/",
    "/clusters/",
    "/clusters/draw/",
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
    ("/people/", "/people/teams/0"),
    ("/activities/?when=all", "/activities/0"),
    (
        "/figures/postings/?unit=P87-2&indicator=citizen-turns&from=2023-03-01&to=2023-03-20",
        "/activities/help/",
    ),
)


_LOOKS = [(LAPTOP, "light"), (PHONE, "dark")]


@pytest.mark.parametrize(("size", "colours"), _LOOKS, ids=["laptop-light", "phone-dark"])
def test_axe_finds_nothing_serious(somebody: Open, size: ViewportSize, colours: str) -> None:
    who = somebody(size, color_scheme=colours)
    page = who.open("/accounts/login/")
    found = faults(page)
    who.sign_in("tinhdoan")

    for path in _PAGES:
        who.open(path)
        found += faults(page)
    for path, beginning in _BEHIND:
        who.open(path)
        page.locator(f"main a[href^='{beginning}']").first.click()
        page.wait_for_load_state()
        found += faults(page)

    assert found == []


@pytest.mark.parametrize(("size", "colours"), _LOOKS, ids=["laptop-light", "phone-dark"])
def test_axe_finds_nothing_serious_where_help_is_recorded(
    somebody: Open, size: ViewportSize, colours: str
) -> None:
    who = somebody(size, color_scheme=colours)
    page = who.sign_in("totruong")
    assert "/teams/" in page.url
    found = faults(page)

    plan(who, "Bến xe: nộp hồ sơ")
    found += faults(page)
    for name in ("Ghi lượt hỗ trợ", "Mở trang điểm danh", "Ghi danh sách có mặt", "Kết thúc"):
        activity = page.url
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()
        found += faults(page)
        who.open(activity)

    assert found == []


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical, with the page on which it stands."""
    return [f"{page.url} {fault}" for fault in axe_faults(page)]
