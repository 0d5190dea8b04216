"""Every component, as people meet it: on a phone and a laptop, in light and dark."""

from typing import Literal

import pytest

from tests.journeys.conftest import LAPTOP, PHONE, Open
from tools.look import axe_faults

pytestmark = pytest.mark.journey

SIZES = {"phone": PHONE, "laptop": LAPTOP}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_gallery_is_open_to_everybody(
    somebody: Open, size: str, theme: Literal["light", "dark"]
) -> None:
    someone = somebody(SIZES[size], color_scheme=theme, reduced_motion="reduce")
    someone.page.set_default_timeout(60_000)  # the first to come waits for fourteen pictures
    refused: list[str] = []
    someone.page.on("console", lambda told: refused.append(told.text))

    page = someone.open("/ui/")

    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    assert refused == []  # the content security policy speaks on the console


def test_colours_can_be_chosen_without_script(somebody: Open) -> None:
    page = somebody(PHONE, java_script_enabled=False).open("/ui/")

    page.get_by_text("Tùy chọn").click()
    page.get_by_role("button", name="Tối").click()

    assert page.locator("html").get_attribute("data-theme") == "dark"
