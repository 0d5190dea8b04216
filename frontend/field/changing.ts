/** Acts that are opened again: held back while they are changed, given up, put into a file. */

import type { Act, CorrectionAct } from "./contract";
import type { PersonDb } from "./db";
import type { StoredAct } from "./model";
import { type Beside, fresh, release, save, UNDO_MS } from "./outbox";

/** Open an act to change it. A draft does not go meanwhile; one that has gone is left alone. */
export async function hold(db: PersonDb, id: string): Promise<StoredAct | undefined> {
  const tx = db.transaction("acts", "readwrite", { durability: "strict" });
  let row = await tx.store.get(id);
  if (row?.state === "draft" && row.ready_at !== null) {
    row = { ...row, ready_at: null, held: true };
    await tx.store.put(row);
  }
  await tx.done;
  return row;
}

/** Drafts that were finished before they were opened, and are open no more, go after all. */
export async function letGo(db: PersonDb, id?: string, now = Date.now()): Promise<void> {
  const tx = db.transaction("acts", "readwrite");
  for (const row of await tx.store.index("state").getAll("draft"))
    if (row.held && (id === undefined || row.id === id))
      await tx.store.put({ ...row, held: false, ready_at: now + UNDO_MS });
  await tx.done;
}

/**
 * Other facts for an act that the server does not have. False where it may have it already, and
 * nothing was changed: then a correction follows it.
 */
export async function replace(
  db: PersonDb,
  act: Act,
  { photos = [], atOnce = false }: Pick<Beside, "photos" | "atOnce"> = {},
): Promise<boolean> {
  const tx = db.transaction(["acts", "photos"], "readwrite", { durability: "strict" });
  const row = await tx.objectStore("acts").get(act.id);
  const isOurs = !row || !isWithServer(row);
  if (isOurs) {
    const changed = fresh(act, null);
    void tx.objectStore("acts").put(atOnce ? { ...changed, state: "waiting" } : changed);
    for (const photo of photos) void tx.objectStore("photos").put(photo);
  }
  await tx.done;
  return isOurs;
}

/** Whether an act is corrected by another one: what waits may have gone, its answer lost. */
export function isWithServer({ state, reviewed }: StoredAct): boolean {
  return state === "sent" || state === "waiting" || reviewed;
}

/**
 * Its owner has seen why it came back, and leaves it at that. What the server has is withdrawn
 * there, too, so that it comes back on no other phone.
 */
export async function giveUp(
  db: PersonDb,
  id: string,
  withdrawal: CorrectionAct | null,
): Promise<void> {
  if (withdrawal) {
    await save(db, [withdrawal], null, { atOnce: true, instead: id });
    return;
  }
  const tx = db.transaction(["acts", "photos"], "readwrite", { durability: "strict" });
  const row = await tx.objectStore("acts").get(id);
  if (row?.state === "returned") {
    void tx.objectStore("acts").put({ ...row, state: "given-up" });
    const photos = await tx.objectStore("photos").index("act").getAllKeys(id);
    for (const photo of photos) void tx.objectStore("photos").delete(photo);
  }
  await tx.done;
}

/**
 * What goes into a file. Finished drafts are released first: the file is in somebody else's hands,
 * so what it holds cannot be taken back any more, and it should miss nothing that was finished.
 */
export async function forFile(db: PersonDb): Promise<StoredAct[]> {
  await release(db, Number.MAX_SAFE_INTEGER);
  return db.getAllFromIndex("acts", "state", "waiting");
}

/** What a file would hold, and what else only this phone has. */
export interface Filed {
  acts: number;
  drafts: number;
  returned: number;
  photos: number;
}

export async function filed(db: PersonDb): Promise<Filed> {
  const tx = db.transaction(["acts", "photos"]);
  const acts = tx.objectStore("acts").index("state");
  const [drafts, returned] = [await acts.getAll("draft"), await acts.getAll("returned")];
  const finished = drafts.filter(({ ready_at }) => ready_at !== null).length;
  return {
    acts: (await acts.count("waiting")) + finished,
    drafts: drafts.length - finished,
    returned: returned.filter(({ reviewed }) => !reviewed).length,
    photos: await tx.objectStore("photos").index("state").count("waiting"),
  };
}
