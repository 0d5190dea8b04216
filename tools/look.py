"""Look at pages of a running Sen Hồng, in sizes and colours; say what is wrong with them.

    python -m tools.look --base http://127.0.0.1:8000 --out var/look --user … --password … \\
        --size 360 --size 1280 --theme light --theme dark --axe / /ui/

Each picture is called after its path, width and colours. With --axe every page is also asked
for faults of accessibility, and a serious one ends the run with exit code 1.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tools.machine import chromium

SERIOUS = {"serious", "critical"}


def main() -> int:
    asked = _asked()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        faults = [fault for page in _pages(browser, asked) for fault in _visit(page, asked)]
        browser.close()
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


def _asked() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("var/look"))
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    parser.add_argument("--size", type=int, action="append", help="width in pixels")
    parser.add_argument("--theme", action="append", choices=["light", "dark"])
    parser.add_argument("--fold", action="store_true", help="only what is seen without scrolling")
    parser.add_argument("--axe", action="store_true", help="also look for faults")
    return parser.parse_args()


def _pages(browser: Browser, asked: Namespace) -> Iterator[Page]:
    """A signed-in page for each size and theme."""
    for width in asked.size or [360, 1280]:
        for theme in asked.theme or ["light"]:
            context = browser.new_context(
                viewport={"width": width, "height": 740 if width < 600 else 860},
                color_scheme=theme,
                locale="vi-VN",
                reduced_motion="reduce",
                base_url=asked.base,
            )
            page = context.new_page()
            page.set_default_timeout(20_000)
            if asked.user:
                _sign_in(page, asked)
            yield page
            context.close()


def _sign_in(page: Page, asked: Namespace) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", asked.user)
    page.fill("[name=password]", asked.password)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def _visit(page: Page, asked: Namespace) -> list[str]:
    """Take the pictures; answer what is wrong with the pages."""
    faults: list[str] = []
    theme = (
        "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    )
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    for path in asked.paths:
        page.goto(path, wait_until="networkidle")
        name = urlsplit(path).path.strip("/").replace("/", "-") or "first"
        picture = asked.out / f"{name}-{width}-{theme}.png"
        page.screenshot(path=picture, full_page=not asked.fold)
        print(picture)
        faults += _too_wide(page, path, width)
        if asked.axe:
            faults += [f"{path} {width} {theme}: {fault}" for fault in axe_faults(page)]
    return faults


def _too_wide(page: Page, path: str, width: int) -> list[str]:
    needed = page.evaluate("document.documentElement.scrollWidth")
    return [f"{path} is {needed} px wide on a screen of {width} px"] if needed > width else []


def axe_faults(page: Page) -> list[str]:
    """The serious faults that axe finds, each with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes']][:4]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]


if __name__ == "__main__":
    sys.exit(main())
