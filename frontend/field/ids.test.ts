import { expect, test } from "vitest";

import { uuid7, uuidBytes } from "./ids";

test("an id is a UUID of version 7 that begins with its time", () => {
  const now = Date.now() + 1000;

  const id = uuid7(now);

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(now);
});

test("ids of one moment, and of a clock that went back, keep their order", () => {
  const now = Date.now() + 2000;

  const ids = Array.from({ length: 10_000 }, (_, place) => uuid7(now - (place % 3)));

  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the bytes of an id are those of its signs", () => {
  expect([...uuidBytes("01020304-0506-7708-890a-0b0c0d0e0f10")]).toEqual([
    1, 2, 3, 4, 5, 6, 0x77, 8, 0x89, 10, 11, 12, 13, 14, 15, 16,
  ]);
});
