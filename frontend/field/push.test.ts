import { expect, test, vi } from "vitest";

import { onNotificationClick, onPush } from "./push";
import { listen } from "./push-worker";

const NOTE = {
  id: "0190",
  subject: "Ngày mai: Ra quân",
  words: "07:30, chợ Sa Đéc.",
  link: "/activities/1/answer/",
  language: "vi",
};

async function shown(data: { json(): unknown } | null): Promise<unknown[]> {
  const showNotification = vi.fn(() => Promise.resolve());
  await onPush(data, { showNotification });
  return showNotification.mock.lastCall ?? [];
}

test("a note is shown once however often it comes", async () => {
  const [title, options] = await shown({ json: () => NOTE });

  expect(title).toBe(NOTE.subject);
  expect(options).toMatchObject({
    body: NOTE.words,
    lang: "vi",
    tag: "0190",
    data: { link: NOTE.link },
  });
});

test.each([
  ["nothing", null],
  ["no JSON", { json: (): unknown => JSON.parse("{") }],
  ["something else", { json: () => [1] }],
])("of %s something is shown all the same", async (_what, data) => {
  const [title, options] = await shown(data);

  expect(title).toBe("Sen Hồng");
  expect(options).toMatchObject({ data: { link: "/messages/" } });
});

async function clicked(link: unknown, open: string[] = []): Promise<{ went: string[] }> {
  const went: string[] = [];
  const close = (): void => void went.push("closed");
  const pages = {
    matchAll: () =>
      Promise.resolve(
        open.map((url) => ({ url, focus: () => Promise.resolve(went.push(`focus ${url}`)) })),
      ),
    openWindow: (url: string) => Promise.resolve(went.push(url)),
  };
  await onNotificationClick({ data: { link }, close }, pages);
  return { went };
}

test("a click opens what the note is about", async () => {
  expect(await clicked(NOTE.link)).toEqual({ went: ["closed", NOTE.link] });
});

test("a page that is open there is brought to the front", async () => {
  const open = ["https://senhong.example/", `https://senhong.example${NOTE.link}`];

  expect(await clicked(NOTE.link, open)).toEqual({ went: ["closed", `focus ${open[1] ?? ""}`] });
});

test.each(["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere", 1])(
  "%s leads to the inbox",
  async (link) => {
    expect(await clicked(link)).toEqual({ went: ["closed", "/messages/"] });
  },
);

test("a worker listens for both", async () => {
  const showNotification = vi.fn(() => Promise.resolve());
  const openWindow = vi.fn(() => Promise.resolve());
  const clients = { matchAll: () => Promise.resolve([]), openWindow };
  const scope = Object.assign(new EventTarget(), { registration: { showNotification }, clients });
  const lasting: Promise<unknown>[] = [];
  const happens = (kind: string, facts: object): void => {
    const waitUntil = (work: Promise<unknown>): void => void lasting.push(work);
    scope.dispatchEvent(Object.assign(new Event(kind), { waitUntil, ...facts }));
  };

  listen(scope);
  happens("push", { data: { json: () => NOTE } });
  happens("notificationclick", {
    notification: { data: { link: NOTE.link }, close: () => undefined },
  });
  await Promise.all(lasting);

  expect(lasting).toHaveLength(2);
  expect(showNotification).toHaveBeenCalledOnce();
  expect(openWindow).toHaveBeenCalledWith(NOTE.link);
});
