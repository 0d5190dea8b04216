import { expect, test } from "vitest";

import { asCorrection, editForm } from "./form";
import { filed, forFile, giveUp, hold, letGo, replace } from "./changing";
import type { CorrectionAct } from "./contract";
import { uuid7 } from "./ids";
import { aDb, aHelp, aPhoto } from "./make";
import { counts, judge, onlyHere, release, save, takeReturned, undo } from "./outbox";
import type { PersonDb } from "./db";

const LATER = Number.MAX_SAFE_INTEGER;

test("a draft that is opened does not go while it is open, and goes when it was left as it was", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 10_000);

  expect((await hold(db, help.id))?.state).toBe("draft");
  await release(db, LATER);
  expect((await counts(db)).draft).toBe(1);

  await letGo(db, help.id, 20_000);
  expect(await release(db, 20_000)).toBe(30_000);
  await release(db, 30_000);
  expect((await counts(db)).waiting).toBe(1);
});

test("a draft without an end stays one, however often it is opened", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], null);

  await hold(db, help.id);
  await letGo(db);
  await release(db, LATER);

  expect((await counts(db)).draft).toBe(1);
});

test("what was changed replaces the draft: one act, with the new facts", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 10_000);
  await hold(db, help.id);

  expect(await replace(db, { ...help, citizens: 4 }, { atOnce: true })).toBe(true);

  expect(await db.getAll("acts")).toHaveLength(1);
  expect(await db.get("acts", help.id)).toMatchObject({ state: "waiting", act: { citizens: 4 } });
});

test.each(["waiting", "sent"] as const)(
  "an act that is %s is left alone, and the edit becomes a correction",
  async (state) => {
    const db = await aDb();
    const help = aHelp();
    await save(db, [help], 0, { atOnce: true });
    if (state === "sent") await judgeAll(db, [help.id], "recorded");
    const row = await hold(db, help.id);
    if (!row) throw new Error("no act");

    expect(row.state).toBe(state);
    expect(await replace(db, { ...help, citizens: 4 }, { atOnce: true })).toBe(false);

    expect(await db.get("acts", help.id)).toMatchObject({ state, act: { citizens: 1 } });
    const form = asCorrection({ ...editForm(row), citizens: 4 });
    expect(form).toMatchObject({ mode: "correct", about: help.id, citizens: 4 });
    expect(form.id).not.toBe(help.id);
  },
);

test("a help that is corrected before it went goes all the same, and before its correction", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 0, { atOnce: true });
  const correction = aCorrection(help.id);

  await save(db, [correction], 0, { atOnce: true });

  const waits = await db.getAllFromIndex("acts", "state", "waiting");
  expect(waits.map(({ id }) => id)).toEqual([help.id, correction.id]);
});

test("a picture that was added while a draft was changed belongs to it", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 10_000, { photos: [aPhoto(help.id)] });

  await replace(db, help, { photos: [aPhoto(help.id)], atOnce: true });

  expect(await db.getAllFromIndex("photos", "act", help.id)).toHaveLength(2);
});

test("what the server would not take is given up: it no longer counts, and is kept to be seen", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 0, { atOnce: true, photos: [aPhoto(help.id)] });
  await judgeAll(db, [help.id], "returned");

  await giveUp(db, help.id, null);

  expect(await counts(db)).toEqual({ draft: 0, waiting: 0, sent: 0, returned: 0 });
  expect((await db.get("acts", help.id))?.state).toBe("given-up");
  expect(await db.count("photos")).toBe(0);
  expect(await onlyHere(db)).toEqual([]);
});

test("what was given up may be sent after all", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 0, { atOnce: true });
  await judgeAll(db, [help.id], "returned");
  await giveUp(db, help.id, null);

  expect(await replace(db, help, { atOnce: true })).toBe(true);
  expect((await counts(db)).waiting).toBe(1);
});

test("what a reviewer returned is withdrawn there when it is given up, once", async () => {
  const db = await aDb();
  const id = uuid7();
  await takeReturned(db, [returned(id)]);
  const withdrawal = aCorrection(id, { citizens: 0 });

  await giveUp(db, id, withdrawal);
  await takeReturned(db, [returned(id)]); // the server does not know yet

  expect(await counts(db)).toMatchObject({ waiting: 1, returned: 0 });
  expect((await db.get("acts", id))?.state).toBe("given-up");

  await judgeAll(db, [withdrawal.id], "returned");
  expect((await db.get("acts", id))?.state).toBe("returned");
});

test("a correction in the place of one that came back settles that, until it is undone", async () => {
  const db = await aDb();
  const help = aHelp();
  const [first, second] = [aCorrection(help.id), aCorrection(help.id)];
  await save(db, [help, first], 0, { atOnce: true });
  await judgeAll(db, [help.id], "recorded");
  await judgeAll(db, [first.id], "returned");

  await save(db, [second], LATER, { instead: first.id });
  expect(await counts(db)).toEqual({ draft: 1, waiting: 0, sent: 1, returned: 0 });

  await undo(db, [second.id]);
  expect((await db.get("acts", first.id))?.state).toBe("returned");
});

test("a file takes what is finished, and that cannot be taken back any more", async () => {
  const db = await aDb();
  const [finished, unfinished] = [aHelp(), aHelp()];
  await save(db, [finished], Date.now() + 60_000, { photos: [aPhoto(finished.id)] });
  await save(db, [unfinished], null);
  expect(await filed(db)).toEqual({ acts: 1, drafts: 1, returned: 0, photos: 1 });

  expect((await forFile(db)).map(({ id }) => id)).toEqual([finished.id]);

  expect(await undo(db, [finished.id])).toBe(false);
  expect((await counts(db)).waiting).toBe(1);
});

function judgeAll(db: PersonDb, ids: string[], result: "recorded" | "returned"): Promise<number> {
  return judge(
    db,
    ids.map((id) => ({ id, result, code: "x", detail: "vì sao" })),
  );
}

function aCorrection(corrects: string, facts: Partial<CorrectionAct> = {}): CorrectionAct {
  const said = { services: ["vneid"], citizens: 2, note: "", reason: "nhầm", ...facts };
  return { type: "correction", id: uuid7(), at: "2026-11-28T04:00:00Z", corrects, ...said };
}

function returned(id: string): Parameters<typeof takeReturned>[1][number] {
  const { services, citizens, note, at, team } = aHelp();
  const help = { services, citizens, note, at, activity: uuid7(), team };
  return { id, help, code: "split", words: "Tách giúp anh.", by_name: "Tổ trưởng", at };
}
