import { expect, test } from "vitest";

import { aDb, aHelp, aPhoto } from "./make";
import {
  counts,
  judge,
  page,
  prune,
  release,
  save,
  takeReturned,
  undo,
  unsent,
  waiting,
} from "./outbox";
import type { CorrectionAct, Returned } from "./contract";
import { uuid7 } from "./ids";

test("an act is a draft for ten seconds, then it waits, even if the app was closed", async () => {
  const db = await aDb();
  await save(db, [aHelp()], 10_000);

  expect(await release(db, 9_999)).toBe(10_000);
  expect(await counts(db)).toEqual({ draft: 1, waiting: 0, sent: 0, returned: 0 });

  expect(await release(db, 10_000)).toBeNull();
  expect(await counts(db)).toEqual({ draft: 0, waiting: 1, sent: 0, returned: 0 });
});

test("a draft without an end waits for its owner", async () => {
  const db = await aDb();
  await save(db, [aHelp()], null);

  await release(db, Number.MAX_SAFE_INTEGER);

  expect((await counts(db)).draft).toBe(1);
});

test("what is taken back leaves nothing; what waits cannot be taken back", async () => {
  const db = await aDb();
  const [draft, gone] = [aHelp(), aHelp()];
  await save(db, [gone], 0);
  await release(db, 0);
  await save(db, [draft], 10_000, { photos: [aPhoto(draft.id)] });

  expect(await undo(db, [draft.id])).toBe(true);
  expect(await undo(db, [gone.id])).toBe(false);

  expect(await db.count("acts")).toBe(1);
  expect(await db.count("photos")).toBe(0);
});

test("saving again with the same id keeps one act", async () => {
  const db = await aDb();
  const help = aHelp();

  await save(db, [help], 0);
  await save(db, [{ ...help, citizens: 2 }], 0);

  expect(await db.count("acts")).toBe(1);
});

test.each([
  ["recorded", "sent"],
  ["already-recorded", "sent"],
  ["conflict", "sent"],
  ["held", "sent"],
  ["returned", "returned"],
] as const)("an act that is %s is %s", async (result, state) => {
  const db = await aDb();
  const { id, ...act } = aHelp();
  await save(db, [{ id, ...act }], 0);
  await release(db, 0);

  await judge(db, [{ id, result, code: "x", detail: "vì sao" }]);

  expect(await db.get("acts", id)).toMatchObject({ state, result, words: "vì sao" });
});

test("an answer about what no longer waits changes nothing", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 10_000);

  const judged = await judge(db, [{ id: help.id, result: "recorded", code: "", detail: "" }]);

  expect(judged).toBe(0);
  expect((await counts(db)).draft).toBe(1);
});

test("lists come in windows, the newest first, without a gap", async () => {
  const db = await aDb();
  const helps = Array.from({ length: 25 }, () => aHelp());
  await save(db, helps, 0);
  await release(db, 0);

  const first = await page(db, "waiting", 10);
  const second = await page(db, "waiting", 10, first.at(-1)?.id);
  const third = await page(db, "waiting", 10, second.at(-1)?.id);

  const ids = [...first, ...second, ...third].map(({ id }) => id);
  expect(ids).toEqual(helps.map(({ id }) => id).reverse());
  expect((await waiting(db, 3)).map(({ id }) => id)).toEqual(helps.slice(0, 3).map(({ id }) => id));
});

function returnedHelp(id: string): Returned {
  const help = {
    services: ["vneid"],
    citizens: 50,
    note: "",
    at: "2026-11-28T02:00:00Z",
    activity: "a",
    team: "t",
  };
  return {
    id,
    help,
    code: "split",
    words: "Tách giúp anh.",
    by_name: "Tổ trưởng",
    at: "2026-11-28T03:00:00Z",
  };
}

function aCorrection(corrects: string): CorrectionAct {
  const facts = { services: ["vneid"], citizens: 2, note: "", reason: "nhầm" };
  return { type: "correction", id: uuid7(), at: "2026-11-28T04:00:00Z", corrects, ...facts };
}

test("a returned help stands on the reviewer's words until it is corrected", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 0);
  await release(db, 0);
  await judge(db, [{ id: help.id, result: "recorded", code: "", detail: "" }]);

  await takeReturned(db, [returnedHelp(help.id)]);
  expect(await db.get("acts", help.id)).toMatchObject({
    state: "returned",
    words: "Tách giúp anh.",
    reviewed: true,
  });

  const correction = aCorrection(help.id);
  await save(db, [correction], 10_000);
  await takeReturned(db, [returnedHelp(help.id)]); // the server does not know yet
  expect(await db.get("acts", help.id)).toMatchObject({
    state: "sent",
    corrected_by: correction.id,
  });

  await undo(db, [correction.id]);
  expect(await db.get("acts", help.id)).toMatchObject({ state: "returned", corrected_by: null });
});

test("a correction that comes back opens the act again", async () => {
  const db = await aDb();
  const id = uuid7();
  await takeReturned(db, [returnedHelp(id)]);
  const correction = aCorrection(id);
  await save(db, [correction], 0);
  await release(db, 0);

  await judge(db, [{ id: correction.id, result: "returned", code: "x", detail: "" }]);

  expect((await db.get("acts", id))?.state).toBe("returned");
  expect((await counts(db)).returned).toBe(2);
});

test("a help that was returned on another phone is here, too, and goes when it is settled", async () => {
  const db = await aDb();
  const id = uuid7();

  await takeReturned(db, [returnedHelp(id)]);
  expect((await counts(db)).returned).toBe(1);

  await takeReturned(db, []);
  expect((await counts(db)).returned).toBe(0);
});

test("what has not arrived is what waits and what is a draft, oldest first", async () => {
  const db = await aDb();
  const [one, two, three] = [aHelp(), aHelp(), aHelp()];
  await save(db, [one, two], 0);
  await release(db, 0);
  await judge(db, [{ id: one.id, result: "recorded", code: "", detail: "" }]);
  await save(db, [three], null);

  expect((await unsent(db)).map(({ id }) => id)).toEqual([two.id, three.id]);
});

test("what arrived two months ago is forgotten, but not while a picture is on its way", async () => {
  const db = await aDb();
  const [old, pictured, fresh] = [aHelp(), aHelp(), aHelp()];
  await save(db, [old, pictured, fresh], 0, { photos: [aPhoto(pictured.id)] });
  await release(db, 0);
  const answer = { result: "recorded", code: "", detail: "" } as const;
  await judge(
    db,
    [
      { id: old.id, ...answer },
      { id: pictured.id, ...answer },
    ],
    0,
  );
  await judge(db, [{ id: fresh.id, ...answer }]);

  await prune(db);

  expect(await db.getAllKeys("acts")).toEqual([pictured.id, fresh.id]);
});
