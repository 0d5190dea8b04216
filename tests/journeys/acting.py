"""What a person does on pages, in a step or two."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Somebody


def plan(who: Somebody, name: str, hours: tuple[str, str] | None = None) -> None:
    """A sortie of today at the team's own place."""
    page = who.open("/activities/new/")
    page.get_by_label("Tên hoạt động").fill(name)
    if hours:
        page.get_by_label("Bắt đầu lúc").fill(hours[0])
        page.get_by_label("Kết thúc lúc").fill(hours[1])
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def hours_now() -> tuple[str, str]:
    """From an hour ago until in two hours, within today in the province."""
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    first, last = now.replace(hour=0, minute=0), now.replace(hour=23, minute=59)
    starts, ends = max(now - timedelta(hours=1), first), min(now + timedelta(hours=2), last)
    return f"{starts:%H:%M}", f"{ends:%H:%M}"


def record(page: Page, service: str, *, people: int) -> None:
    page.get_by_role("link", name="Ghi lượt hỗ trợ").first.click()
    page.get_by_role("checkbox", name=service).check()
    page.get_by_label("Bao nhiêu người?").fill(str(people))
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("button", name="Lưu")).to_have_count(0)
