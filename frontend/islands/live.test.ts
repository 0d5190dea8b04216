import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { followFigures } from "./live";

const figures = (value: string, pulse: string): string => `
  <div id="figures" data-live="/live?of=${pulse}" data-pulse="${pulse}">
    <article class="figure-card"><h3>Lượt ra quân</h3><p class="figure">${value}</p></article>
    <article class="figure-card"><h3>Lượt người dân</h3><p class="figure">7</p></article>
  </div>`;
const TWO_LOOKS_MS = 3300;

let page: Document;
let hidden = false;
let asked: string[];
let answers: (string | null | Error)[];

function ask(url: string): Promise<string | null> {
  asked.push(url);
  const answer = answers.shift() ?? null;
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
}

beforeEach(() => {
  page = document.implementation.createHTMLDocument(); // nobody follows an earlier one
  vi.useFakeTimers();
  hidden = false;
  asked = [];
  answers = [];
  Object.defineProperty(page, "hidden", { configurable: true, get: () => hidden });
  page.body.innerHTML = `<main>${figures("5", "a")}</main><p data-moved></p>`;
});

afterEach(() => {
  vi.useRealTimers();
});

function turn(isHidden: boolean): void {
  hidden = isHidden;
  page.dispatchEvent(new Event("visibilitychange"));
}

test("another word sends for the figures, once", async () => {
  answers = ["b"];
  let sent = 0;
  page.querySelector("#figures")?.addEventListener("figures-moved", () => (sent += 1));
  followFigures(page, ask);

  await vi.advanceTimersByTimeAsync(TWO_LOOKS_MS);

  expect(sent).toBe(1);
  expect(asked.length).toBeGreaterThan(1);
});

test("a figure that moved is marked and said; the others are not", async () => {
  followFigures(page, ask);
  const main = page.querySelector("main");
  if (main) main.innerHTML = figures("6", "b");

  await vi.advanceTimersByTimeAsync(10);

  const moved = [...page.querySelectorAll(".has-moved h3")].map((name) => name.textContent);
  expect(moved).toEqual(["Lượt ra quân"]);
  expect(page.querySelector("[data-moved]")?.textContent).toBe("Lượt ra quân: 6");
});

test("what was brought is asked for by its own address", async () => {
  followFigures(page, ask);
  const main = page.querySelector("main");
  if (main) main.innerHTML = figures("6", "b");

  await vi.advanceTimersByTimeAsync(TWO_LOOKS_MS);

  expect(new Set(asked)).toEqual(new Set(["/live?of=b"]));
});

test("nobody is asked while the page is hidden, and at once when it is seen again", async () => {
  followFigures(page, ask);
  turn(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);

  turn(false);

  expect(asked).toHaveLength(1);
});

test("while no answer comes it asks less and less", async () => {
  answers = Array.from({ length: 50 }, () => new Error("away"));
  followFigures(page, ask);

  await vi.advanceTimersByTimeAsync(60_000);

  expect(asked.length).toBeLessThan(8);
});

test("a page without such figures asks for nothing", async () => {
  page.body.innerHTML = "<main></main>";
  followFigures(page, ask);

  await vi.advanceTimersByTimeAsync(60_000);

  expect(asked).toEqual([]);
});
