/**
 * Figures that move while one looks: <div data-live="…" data-pulse="…" hx-trigger="figures-moved">.
 *
 * The address in data-live is asked for one word, again and again while the page is seen. Another
 * word than data-pulse sends htmx for the figures; those that moved are marked, and said in the
 * element data-moved, politely.
 */

const EVERY_MS = 1300; // what moved is seen within two seconds
const MOST_MS = 60_000;

type Ask = (url: string, known: string) => Promise<string | null>;

/** Follow the figures of the page; `ask` answers with the word, or with null when it is the same. */
export function followFigures(page: Document, ask: Ask = askServer): void {
  if (!board(page)) return;
  let wait = EVERY_MS;
  let next: ReturnType<typeof setTimeout> | undefined;
  let known = figuresOf(page);

  const look = async (): Promise<void> => {
    next = undefined;
    const shown = board(page);
    if (!shown || page.hidden) return;
    try {
      const word = await ask(shown.dataset["live"] ?? "", shown.dataset["pulse"] ?? "");
      wait = EVERY_MS;
      if (word !== null) fetchFigures(shown, word);
    } catch {
      wait = Math.min(wait * 2, MOST_MS); // away, or signed out: ask less and less
    }
    plan();
  };
  const plan = (): void => {
    next ??= setTimeout(() => void look(), jittered(wait));
  };

  page.addEventListener("visibilitychange", () => {
    if (page.hidden) {
      clearTimeout(next);
      next = undefined;
    } else if (next === undefined) void look();
  });
  new MutationObserver(() => {
    const now = figuresOf(page);
    tell(page, known, now);
    known = now;
  }).observe(page.body, { childList: true, subtree: true });
  plan();
}

/** Many who opened a page together should not ask together. */
function jittered(wait: number): number {
  return wait * (0.95 + Math.random() * 0.1);
}

async function askServer(url: string, known: string): Promise<string | null> {
  const answer = await fetch(url, {
    headers: { "If-None-Match": `"${known}"` },
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status === 304) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

function board(page: Document): HTMLElement | null {
  return page.querySelector<HTMLElement>("[data-live]");
}

/** htmx listens for the event; what it brings carries a word and an address of its own. */
function fetchFigures(shown: HTMLElement, word: string): void {
  shown.dataset["pulse"] = word;
  shown.dispatchEvent(new Event("figures-moved"));
}

interface Figure {
  card: Element;
  name: string;
  value: string;
}

function figuresOf(page: Document): Map<string, Figure> {
  const found = new Map<string, Figure>();
  for (const [place, card] of board(page)?.querySelectorAll(".figure-card").entries() ?? []) {
    const name = card.querySelector("h3")?.textContent.trim() ?? "";
    const value = card.querySelector(".figure")?.textContent.trim() ?? "";
    found.set(`${String(place)} ${name}`, { card, name, value });
  }
  return found;
}

function tell(page: Document, before: Map<string, Figure>, now: Map<string, Figure>): void {
  const moved = [...now].filter(([key, { value }]) => {
    const earlier = before.get(key);
    return earlier !== undefined && earlier.value !== value;
  });
  if (moved.length === 0) return;
  for (const [, { card }] of moved) card.classList.add("has-moved");
  const said = page.querySelector("[data-moved]");
  if (said) said.textContent = moved.map(([, one]) => `${one.name}: ${one.value}`).join("; ");
}
