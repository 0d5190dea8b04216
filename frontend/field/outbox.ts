/** The acts of one person on this phone: written once, never lost, each with its state. */

import type { Act, HelpAct, Judged, Returned } from "./contract";
import type { PersonDb } from "./db";
import { inTurn } from "./turn";
import {
  type Counts,
  STATES,
  type State,
  type StoredAct,
  type StoredPhoto,
  type Tally,
} from "./model";

export const UNDO_MS = 10_000;
const SENT_KEPT_MS = 60 * 24 * 3600 * 1000; // then what arrived is the server's alone

/** What is saved together with acts, in one transaction. */
export interface Beside {
  photos?: StoredPhoto[];
  tally?: Tally;
  remember?: boolean; // for "the same again"
  atOnce?: boolean; // they wait from now on: nothing is taken back
  instead?: string; // the returned act whose place they take
}

export function fresh(act: Act, readyAt: number | null, now = Date.now()): StoredAct {
  return {
    id: act.id,
    state: "draft",
    act,
    saved_at: now,
    ready_at: readyAt,
    sent_at: null,
    result: "",
    code: "",
    words: "",
    reviewed: false,
    by_name: "",
    corrected_by: null,
  };
}

/**
 * Save acts so that a phone that dies now still has them. They are drafts until `readyAt` and
 * can be taken back; then they wait, whether or not the app was open in between.
 */
export async function save(
  db: PersonDb,
  acts: readonly Act[],
  readyAt: number | null,
  beside: Beside = {},
): Promise<void> {
  const tx = db.transaction(["acts", "photos", "kept"], "readwrite", { durability: "strict" });
  const store = tx.objectStore("acts");
  for (const made of acts) {
    const act = await inTurn(store, made);
    if (!act) continue;
    void store.put(begun(act, readyAt, beside));
    if (act.type === "correction") await markCorrected(store, act.corrects, act.id);
    if (act.type === "help" && beside.remember) {
      const last = { key: "last", services: act.services, citizens: act.citizens } as const;
      void tx.objectStore("kept").put(last);
    }
  }
  if (beside.instead !== undefined) await giveUpFor(store, beside.instead, acts[0]?.id ?? null);
  for (const photo of beside.photos ?? []) void tx.objectStore("photos").put(photo);
  if (beside.tally) void tx.objectStore("kept").put({ key: "tally", ...beside.tally });
  await tx.done;
}

function begun(act: Act, readyAt: number | null, { atOnce }: Beside): StoredAct {
  const row = fresh(act, readyAt);
  return atOnce ? { ...row, state: "waiting", ready_at: null } : row;
}

interface ActStore {
  get(id: string): Promise<StoredAct | undefined>;
  put(row: StoredAct): Promise<unknown>;
}

/** Who corrects has answered the reviewer: the act no longer asks for anything. */
async function markCorrected(acts: ActStore, id: string, by: string | null): Promise<void> {
  const row = await acts.get(id);
  if (row) await acts.put({ ...row, state: stateAfter(row, by), corrected_by: by });
}

function stateAfter(row: StoredAct, by: string | null): State {
  if (row.state === "draft" || row.state === "waiting") return row.state; // it has yet to go
  return by === null && row.reviewed ? "returned" : "sent";
}

async function giveUpFor(acts: ActStore, id: string, by: string | null): Promise<void> {
  const row = await acts.get(id);
  if (row) await acts.put({ ...row, state: "given-up", corrected_by: by });
}

/** Take back acts that do not wait yet; the answer says whether all of them were still here. */
export async function undo(db: PersonDb, ids: readonly string[], tally?: Tally): Promise<boolean> {
  const tx = db.transaction(["acts", "photos", "kept"], "readwrite");
  const rows = await Promise.all(ids.map((id) => tx.objectStore("acts").get(id)));
  const drafts = rows.filter((row) => row?.state === "draft");
  for (const row of drafts) {
    if (!row) continue;
    await tx.objectStore("acts").delete(row.id);
    const photos = await tx.objectStore("photos").index("act").getAllKeys(row.id);
    for (const photo of photos) await tx.objectStore("photos").delete(photo);
    if (row.act.type !== "correction") continue;
    await markCorrected(tx.objectStore("acts"), row.act.corrects, null);
    for (const other of await tx.objectStore("acts").index("state").getAll("given-up"))
      if (other.corrected_by === row.id)
        await tx.objectStore("acts").put({ ...other, state: "returned", corrected_by: null });
  }
  if (tally && drafts.length > 0) await tx.objectStore("kept").put({ key: "tally", ...tally });
  await tx.done;
  return drafts.length === ids.length;
}

/** Drafts whose time to be taken back is over begin to wait. The answer: when the next one will. */
export async function release(db: PersonDb, now = Date.now()): Promise<number | null> {
  const tx = db.transaction("acts", "readwrite");
  let next: number | null = null;
  for (const row of await tx.store.index("state").getAll("draft")) {
    if (row.ready_at === null) continue;
    if (row.ready_at <= now) await tx.store.put({ ...row, state: "waiting", ready_at: null });
    else next = Math.min(next ?? row.ready_at, row.ready_at);
  }
  await tx.done;
  return next;
}

export async function counts(db: PersonDb): Promise<Counts> {
  const index = db.transaction("acts").store.index("state");
  const numbers = await Promise.all(STATES.map((state) => index.count(state)));
  const [draft = 0, waiting = 0, sent = 0, returned = 0] = numbers;
  return { draft, waiting, sent, returned };
}

/** Acts in one state, the newest first, from after `before` on. */
export async function page(
  db: PersonDb,
  state: State,
  limit: number,
  before?: string,
): Promise<StoredAct[]> {
  const index = db.transaction("acts").store.index("state");
  const found: StoredAct[] = [];
  let cursor = await index.openCursor(state, "prev");
  if (cursor && before !== undefined && cursor.primaryKey >= before)
    cursor = await past(cursor, state, before);
  while (cursor && found.length < limit) {
    found.push(cursor.value);
    cursor = await cursor.continue();
  }
  return found;
}

interface Moving<Cursor> {
  primaryKey: string;
  continue(): Promise<Cursor | null>;
  continuePrimaryKey(key: State, primary: string): Promise<Cursor | null>;
}

/** The first of an index of one state that was made before `before`. */
async function past<Cursor extends Moving<Cursor>>(
  cursor: Cursor,
  state: State,
  before: string,
): Promise<Cursor | null> {
  if (cursor.primaryKey === before) return cursor.continue();
  const there = await cursor.continuePrimaryKey(state, before);
  return there?.primaryKey === before ? there.continue() : there;
}

/** The oldest acts that wait. */
export function waiting(db: PersonDb, limit: number): Promise<StoredAct[]> {
  return db.getAllFromIndex("acts", "state", "waiting", limit);
}

/** Write down what the server said of each act. Conflicts and held acts arrived: the office looks. */
export async function judge(
  db: PersonDb,
  results: readonly Judged[],
  now = Date.now(),
): Promise<number> {
  const tx = db.transaction("acts", "readwrite");
  let judged = 0;
  for (const { id, result, code, detail } of results) {
    const row = id === null ? undefined : await tx.store.get(id);
    if (row?.state !== "waiting") continue;
    judged += 1;
    const state = result === "returned" ? "returned" : "sent";
    await tx.store.put({ ...row, state, result, code, words: detail, sent_at: now });
    if (result === "returned" && row.act.type === "correction")
      await markCorrected(tx.store, row.act.corrects, null);
  }
  await tx.done;
  return judged;
}

/** Acts that a reviewer returned stand on the reviewer's words, also those of another phone. */
export async function takeReturned(db: PersonDb, list: readonly Returned[]): Promise<void> {
  const tx = db.transaction("acts", "readwrite");
  const asked = new Set(list.map(({ id }) => id));
  for (const one of list) {
    const row = await tx.store.get(one.id);
    if (row?.corrected_by || row?.state === "waiting" || row?.state === "draft") continue;
    const stored = row ?? { ...fresh(helpOf(one), null), sent_at: Date.now() };
    const { code, words, by_name } = one;
    await tx.store.put({ ...stored, state: "returned", code, words, by_name, reviewed: true });
  }
  for (const row of await tx.store.index("state").getAll("returned"))
    if (row.reviewed && !asked.has(row.id))
      await tx.store.put({ ...row, state: "sent", reviewed: false });
  await tx.done;
}

function helpOf({ id, help }: Returned): HelpAct {
  const { services, citizens, note, at, activity, team } = help;
  const people = { same_people: false, same_people_as: null, helped: "citizens" } as const;
  return { type: "help", id, at, team, activity, services, citizens, note, point: null, ...people };
}

/** What has not arrived, oldest first: for the file, and for signing out. */
export async function unsent(db: PersonDb): Promise<StoredAct[]> {
  const index = db.transaction("acts").store.index("state");
  const found = await Promise.all(
    (["draft", "waiting"] as const).map((state) => index.getAll(state)),
  );
  return found.flat().sort((one, other) => (one.id < other.id ? -1 : 1));
}

/**
 * Everything that only this phone has: what has not arrived, what the server would not take, and
 * the helps whose pictures have not arrived. What a person returned is on the server, too.
 */
export async function onlyHere(db: PersonDb): Promise<StoredAct[]> {
  const returned = await db.getAllFromIndex("acts", "state", "returned");
  const found = [...(await unsent(db)), ...returned.filter(({ reviewed }) => !reviewed)];
  const known = new Set(found.map(({ id }) => id));
  for (const photo of await db.getAllFromIndex("photos", "state", "waiting")) {
    const row = known.has(photo.act) ? undefined : await db.get("acts", photo.act);
    if (row) found.push(row);
    known.add(photo.act);
  }
  return found;
}

/** Forget what arrived or was given up long ago, but for acts with pictures on their way. */
export async function prune(db: PersonDb, now = Date.now()): Promise<void> {
  for (const state of ["sent", "given-up"] as const) await pruneOf(db, state, now);
}

async function pruneOf(db: PersonDb, state: State, now: number): Promise<void> {
  const tx = db.transaction(["acts", "photos"], "readwrite");
  let cursor = await tx.objectStore("acts").index("state").openCursor(state);
  while (cursor && (cursor.value.sent_at ?? now) < now - SENT_KEPT_MS) {
    const photos = await tx.objectStore("photos").index("act").getAll(cursor.primaryKey);
    if (photos.every(({ state }) => state === "sent")) {
      for (const { id } of photos) await tx.objectStore("photos").delete(id);
      await cursor.delete();
    }
    cursor = await cursor.continue();
  }
  await tx.done;
}
