/** What this person was told: as last fetched, so that it can be read without a network. */

import { messages as ask, seeMessage } from "./api";
import type { PersonDb } from "./db";
import type { Messages } from "./model";
import type { Outcome } from "./send";

const AGE_MS = 5 * 60_000;
const NONE: Messages = { items: [], unseen: 0, fetched_at: 0, seen: [] };

export async function readMessages(db: PersonDb): Promise<Messages> {
  const row = await db.get("kept", "messages");
  return row?.key === "messages" ? row : NONE;
}

/** Tell what was seen here, then bring the list anew where it is old or somebody asks. */
export async function bringMessages(db: PersonDb, token: string, asked: boolean): Promise<Outcome> {
  const { seen, fetched_at } = await readMessages(db);
  for (const id of seen) {
    const answer = await seeMessage(id, token);
    if (answer.kind === "offline" || answer.kind === "signed-out") return answer.kind;
    await change(db, (now) => ({ ...now, seen: now.seen.filter((one) => one !== id) }));
  }
  if (!asked && seen.length === 0 && Date.now() - fetched_at < AGE_MS) return "done";
  return fetchAll(db, token);
}

async function fetchAll(db: PersonDb, token: string): Promise<Outcome> {
  const answer = await ask(token);
  if (answer.kind !== "ok") return answer.kind === "unchanged" ? "done" : answer.kind;
  const { items, unseen } = answer.body;
  await change(db, ({ seen }) => marked({ items, unseen, fetched_at: Date.now(), seen: [] }, seen));
  return "done";
}

/** She has them before her: they are no longer new, and the server hears of it when it can. */
export async function seeHere(db: PersonDb, ids: readonly string[]): Promise<void> {
  await change(db, (now) => marked(now, ids));
}

/** A reminder was sent to a unit: it is answered on its page. */
function marked(messages: Messages, ids: readonly string[]): Messages {
  const fresh = messages.items.filter(
    ({ id, kind, seen_at }) => kind === "message" && seen_at === null && ids.includes(id),
  );
  const seen_at = new Date().toISOString();
  return {
    ...messages,
    items: messages.items.map((one) => (fresh.includes(one) ? { ...one, seen_at } : one)),
    unseen: Math.max(messages.unseen - fresh.length, 0),
    seen: [...messages.seen, ...fresh.map(({ id }) => id)],
  };
}

async function change(db: PersonDb, to: (now: Messages) => Messages): Promise<void> {
  const tx = db.transaction("kept", "readwrite");
  const row = await tx.store.get("messages");
  void tx.store.put({ ...to(row?.key === "messages" ? row : NONE), key: "messages" });
  await tx.done;
}
