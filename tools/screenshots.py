"""Pictures of the running demo, into docs/images: each at the widths of a laptop and of a phone.

python -m tools.screenshots
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from senhong.demo.cast import PASSWORD
from tools.live import Home, Server
from tools.machine import chromium, left_out

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZES = {
    "laptop": ViewportSize(width=1280, height=900),
    "phone": ViewportSize(width=360, height=740),
}
# (name of the picture, who looks, address; an empty one is the person's first page)
PICTURES = (
    ("province", "tinhdoan", ""),
    ("commune", "bithu", ""),
    ("team", "totruong", ""),
    ("field-home", "totruong", "/field/"),
    ("field-log", "totruong", "/field/#/log"),
    ("plans", "tinhdoan", "/plans/"),
    ("figures", "tinhdoan", "/figures/?unit=P87-2&from=2023-03-01&to=2023-03-20&by=unit"),
    ("activities", "bithu", "/activities/"),
    ("services", "tinhdoan", "/services/"),
    ("gallery", "tinhdoan", "/ui/"),
)


def main() -> int:
    program = chromium()
    if program is None:
        return left_out("Chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Home(Path(folder))
        home.senhong("migrate", "--verbosity", "0")
        home.senhong("demo")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with Server(home) as server:
            for size in SIZES:
                for name, username, address in PICTURES:
                    take(browser, server.url, size, name, username, address)
        browser.close()
    return 0


def take(browser: Browser, site: str, size: str, name: str, username: str, address: str) -> None:
    context = browser.new_context(viewport=SIZES[size], base_url=site, locale="vi-VN")
    page = context.new_page()
    sign_in(page, username)
    if address.startswith("/field/"):
        enter_app(page)
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}-{size}.png")
    print(f"docs/images/{name}-{size}.png", flush=True)
    context.close()


def enter_app(page: Page) -> None:
    """The browser's session gives the phone its token."""
    page.goto("/field/")
    page.get_by_role("button", name=re.compile("^Tiếp tục là")).click()
    page.get_by_role("link", name="Ghi lượt hỗ trợ").wait_for()


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


if __name__ == "__main__":
    sys.exit(main())
