"""An office without districts: arrange clusters, see who is behind, look behind a figure."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import LAPTOP, PHONE, Open
from tests.journeys.reading import read_today

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("size", "has_script"), [(LAPTOP, True), (PHONE, False)], ids=["laptop", "phone-without-script"]
)
def test_a_commune_moves_to_another_cluster_and_its_figures_with_it(
    somebody: Open, size: dict[str, int], *, has_script: bool
) -> None:
    who = somebody(size, java_script_enabled=has_script)
    page = who.sign_in("tinhdoan")
    if has_script:
        read_today(who)
    else:
        page.get_by_role("button", name="Về hôm nay").click()

    who.open("/clusters/")
    page.get_by_role("link", name="Sắp xếp cụm").click()
    choice = page.get_by_label("Xã Ba Sao", exact=True)
    before = choice.input_value()
    another = "1" if before != "1" else "2"
    name = page.locator(f"[name=name-{another}]").input_value()
    choice.select_option(another)
    page.get_by_role("button", name="Lưu cách xếp cụm").click()
    expect(page.get_by_text("Đã lưu cách xếp cụm.")).to_be_visible()

    page.get_by_role("link", name="Số liệu theo cụm").click()
    page.get_by_role("table").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("link", name="Xã Ba Sao")).to_be_visible()
    page.get_by_role("link", name="Lượt người dân được hướng dẫn").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Lượt người dân được hướng dẫn")
    page.locator("td a[href^='/targets/']").first.click()
    expect(page).to_have_url(re.compile("/targets/"))
