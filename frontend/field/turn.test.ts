import { expect, test } from "vitest";

import type { Act, SignUpAct, SignUpAnswer } from "./contract";
import { uuid7 } from "./ids";
import { aDb } from "./make";
import { save, waiting } from "./outbox";

const BEFORE = "2026-11-28T01:00:00.000Z";
const NOW = "2026-11-28T02:00:00.000Z";

function said(answer: SignUpAnswer, facts: Partial<SignUpAct> = {}): SignUpAct {
  return { type: "sign-up", id: uuid7(), at: NOW, activity: "a", answer, ...facts };
}

async function saved(...acts: Act[]): Promise<Act[]> {
  const db = await aDb();
  for (const act of acts) await save(db, [act], null, { atOnce: true });
  return (await waiting(db, 100)).map(({ act }) => act);
}

test("a sign-up and a cancellation leave in the order in which they were made", async () => {
  const [first, second] = await saved(said("sign-up"), said("cancel"));

  expect(first).toMatchObject({ answer: "sign-up" });
  expect(second).toMatchObject({ answer: "cancel" });
});

test("a clock that was put back changes neither the order nor which one is later", async () => {
  const old = uuid7(Date.parse(BEFORE));
  const [first, second] = await saved(said("sign-up"), said("cancel", { id: old, at: BEFORE }));

  expect(first).toMatchObject({ answer: "sign-up", at: NOW });
  expect(second).toMatchObject({ answer: "cancel", at: "2026-11-28T02:00:00.001Z" });
});

test("of different sorties each keeps its own time", async () => {
  const acts = await saved(said("sign-up"), said("cancel", { activity: "b", at: BEFORE }));

  expect(acts.map(({ at }) => at).sort()).toEqual([BEFORE, NOW]);
});

test("a tick and its taking back, a start and an end keep their order, too", async () => {
  const tick = { type: "attendance", activity: "a", member: "m" } as const;
  const acts = await saved(
    { ...tick, id: uuid7(), at: NOW, present: true },
    { ...tick, id: "00000000-0000-7000-8000-000000000000", at: BEFORE, present: false },
    { type: "activity", id: uuid7(), at: NOW, activity: "a", to: "running" },
    { type: "activity", id: uuid7(), at: BEFORE, activity: "a", to: "closed" },
  );

  const ticks = acts.filter((act) => act.type === "attendance").map(({ present }) => present);
  const moves = acts.filter((act) => act.type === "activity").map(({ to }) => to);
  expect(ticks).toEqual([true, false]);
  expect(moves).toEqual(["running", "closed"]);
});

test.each([
  ["sign-up", "cancel", []],
  ["cancel", "sign-up", []],
  ["confirm", "cancel", ["cancel"]],
  ["sign-up", "sign-up", ["sign-up"]],
  ["sign-up", "confirm", ["sign-up", "confirm"]],
] as const)("%s that is still a draft, then %s: %s is left", async (first, then, left) => {
  const db = await aDb();
  await save(db, [said(first)], Date.now() + 60_000);

  await save(db, [said(then)], null);

  const rows = await db.getAll("acts");
  expect(rows.map(({ act }) => act.type === "sign-up" && act.answer)).toEqual(left);
});
