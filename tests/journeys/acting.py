"""What a person does on pages, in a step or two."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Somebody


def plan(who: Somebody, name: str) -> None:
    """A sortie of today at the team's own place."""
    page = who.open("/activities/new/")
    page.get_by_label("Tên hoạt động").fill(name)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def record(page: Page, service: str, *, people: int) -> None:
    page.get_by_role("link", name="Ghi lượt hỗ trợ").first.click()
    page.get_by_role("checkbox", name=service).check()
    page.get_by_label("Bao nhiêu người?").fill(str(people))
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("button", name="Lưu")).to_have_count(0)
