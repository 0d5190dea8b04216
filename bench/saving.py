"""Saving a help on a full phone: three taps, a processor four times slower, 5,000 acts waiting.

The phone is Debian's Chromium. It signs in while there is a server, which is stopped then: what
waits goes on waiting. Time runs from the tap on "Lưu" until "Hoàn tác" is on the screen.
"""

from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from bench.measures import Facts, spread
from tools.live import Home, Server
from tools.machine import chromium

WAITING = 5000
_SLOWER = 4
_SAVES = 40
_WARM = 3
_SCREEN = ViewportSize(width=360, height=740)
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
]
# Asks in the page: a clock outside of it would count the way there and back.
_WATCH = """() => {
  window.taps = 0;
  let begun = 0;
  const tapped = ({ target, timeStamp }) => {
    window.taps += 1;
    if (target.closest("form.log button[type=submit]")) begun = timeStamp;
  };
  addEventListener("click", tapped, true);
  window.saved = new Promise((done) => {
    const look = () => {
      if (!begun || !document.querySelector(".saved-acts button")) requestAnimationFrame(look);
      else setTimeout(() => { // after the frame in which it came was drawn
        removeEventListener("click", tapped, true);
        done(performance.now() - begun);
      });
    };
    look();
  });
}"""
_FILL = """async (acts) => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const asked = indexedDB.open(names.find((name) => name.startsWith("senhong-")));
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const tx = db.transaction("acts", "readwrite");
  for (let n = 0; n < acts; n += 1) {
    const id = `0190a000-0000-7000-8000-${String(n).padStart(12, "0")}`;
    const at = new Date().toISOString();
    const act = { type: "help", id, at, team: id, activity: null, services: ["vneid"],
      citizens: 1, same_people: false, same_people_as: null, helped: "citizens", note: "",
      point: null };
    tx.objectStore("acts").put({ id, state: "waiting", act, saved_at: 0, ready_at: null,
      sent_at: null, result: "", code: "", words: "", reviewed: false, by_name: "",
      corrected_by: null });
  }
  await new Promise((done) => { tx.oncomplete = done; });
  db.close();
}"""

Ground = dict[str, Any]


def saving(home: Home, ground: Ground) -> Facts:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        with Server(home) as server:
            page = _signed_in(browser, server.url, ground["session"])
        fill_outbox(page, WAITING)
        page.reload()
        expect(page.get_by_role("link", name="Chờ gửi").locator("b")).to_have_text(str(WAITING))
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        told = [_save(page) for _ in range(_WARM + _SAVES)][_WARM:]
        browser.close()
    return spread([seconds for seconds, _taps in told]) | {
        "waiting": WAITING,
        "slower": _SLOWER,
        "taps": max(taps for _seconds, taps in told),
    }


def fill_outbox(page: Page, acts: int) -> None:
    """Acts that wait, laid into the memory of the phone as the app would have."""
    page.evaluate(_FILL, acts)


def _signed_in(browser: Browser, url: str, session: str) -> Page:
    """By the browser's session; the worker keeps the shell from then on."""
    context = browser.new_context(
        base_url=url, viewport=_SCREEN, has_touch=True, is_mobile=True, locale="vi-VN"
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    page = context.new_page()
    page.goto("/field/")
    page.get_by_role("button", name="Tiếp tục là").tap()
    expect(page.get_by_role("link", name="Ghi lượt hỗ trợ")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("link", name="Ghi lượt hỗ trợ").tap()
    expect(page.locator("button.service").first).to_be_visible()  # its bundle is here
    page.goto("/field/#/")
    return page


def _save(page: Page) -> tuple[float, int]:
    """From home to a saved help; seconds of the last tap, and how many taps it took."""
    page.evaluate(_WATCH)
    page.get_by_role("link", name="Ghi lượt hỗ trợ").tap()
    page.locator("button.service").first.tap()
    page.get_by_role("button", name="Lưu", exact=True).tap()
    took, taps = page.evaluate("async () => [await window.saved, window.taps]")
    return took / 1000, taps
