import { beforeEach, expect, test, vi } from "vitest";

import { aDb } from "./make";
import { bringMessages, readMessages, seeHere } from "./messages";
import type { Message } from "./model";

let told: Message[] = [];
let seen: string[] = [];
let isDown = false;

function aMessage(id: string, facts: Partial<Message> = {}): Message {
  const words = { subject: "Ngày mai: Ra quân", words: "07:30, chợ Sa Đéc.", link: "" };
  return { id, kind: "message", ...words, at: "2026-11-28T02:00:00Z", seen_at: null, ...facts };
}

beforeEach(() => {
  told = [aMessage("one"), aMessage("two"), aMessage("unit", { kind: "reminder" })];
  seen = [];
  isDown = false;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (isDown) return Promise.reject(new TypeError("no network"));
    const [, id] = /messages\/(\w+)\/seen$/.exec(path) ?? [];
    if (init.method === "POST" && id !== undefined) seen.push(id);
    const items = told.map((one) =>
      seen.includes(one.id) ? { ...one, seen_at: "2026-11-28T03:00:00Z" } : one,
    );
    const unseen = items.filter(({ seen_at }) => seen_at === null).length;
    const body = id === undefined ? { items, unseen, next: null } : items[0];
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
});

test("messages are kept, and can be read without a network", async () => {
  const db = await aDb();
  expect(await bringMessages(db, "sd_x", false)).toBe("done");
  isDown = true;

  expect(await bringMessages(db, "sd_x", true)).toBe("offline");

  const { items, unseen } = await readMessages(db);
  expect(items.map(({ id }) => id)).toEqual(["one", "two", "unit"]);
  expect(unseen).toBe(3);
});

test("what was seen without a network is told when there is one, once", async () => {
  const db = await aDb();
  await bringMessages(db, "sd_x", false);
  isDown = true;
  await seeHere(db, ["one", "unit"]);
  await seeHere(db, ["one"]);
  expect(await bringMessages(db, "sd_x", false)).toBe("offline");
  expect((await readMessages(db)).unseen).toBe(2); // a reminder is answered on its page

  isDown = false;
  await bringMessages(db, "sd_x", false);
  await bringMessages(db, "sd_x", true);

  expect(seen).toEqual(["one"]);
  expect(await readMessages(db)).toMatchObject({ unseen: 2, seen: [] });
});

test("a list that is fresh is not asked for again", async () => {
  const db = await aDb();
  await bringMessages(db, "sd_x", false);
  told = [];

  await bringMessages(db, "sd_x", false);
  expect((await readMessages(db)).items).toHaveLength(3);

  await bringMessages(db, "sd_x", true);
  expect((await readMessages(db)).items).toHaveLength(0);
});
