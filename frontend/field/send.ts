/**
 * Sends what waits: acts first, then pictures. Safe to repeat and to break off anywhere, because
 * the server keeps one act per id. Runs in the app and, where there is Background Sync, in the
 * service worker, so nothing here needs a page.
 */

import { beginPhoto, sendChunk, sync, type Answer } from "./api";
import { browser } from "./browser";
import type { Judged, PhotoOut, Problem, SyncOut } from "./contract";
import type { PersonDb } from "./db";
import type { StoredAct, StoredPhoto } from "./model";
import { judge, release, waiting } from "./outbox";

/** done: nothing waits, or only what cannot go now. */
export type Outcome = "done" | "offline" | "signed-out" | "refused";

const MOST_ACTS = 150;
const UNREADABLE = new Set([400, 413, 422]); // too large, or one of them cannot be read: find it
const CHUNK_BYTES = 128 * 1024;

/** One sender at a time on this phone, whatever tabs are open; null where another one is at it. */
export async function alone<Value>(
  userId: string,
  act: () => Promise<Value>,
): Promise<Value | null> {
  if (!browser.locks) return act();
  return browser.locks.request(`senhong-send-${userId}`, { ifAvailable: true }, (lock) =>
    lock ? act() : null,
  );
}

export async function sendAll(db: PersonDb, token: string): Promise<Outcome> {
  await release(db);
  const acts = await sendActs(db, token);
  return acts === "done" ? sendPhotos(db, token) : acts;
}

async function sendActs(db: PersonDb, token: string): Promise<Outcome> {
  let most = MOST_ACTS;
  for (;;) {
    const rows = await waiting(db, most);
    if (rows.length === 0) return "done";
    const answer = await sendBatch(rows, token);
    if (answer.kind === "ok") {
      await setClock(db, answer.body);
      // An answer that names none of them would be asked for forever.
      if ((await judge(db, answer.body.results)) === 0) return "refused";
      most = Math.min(most * 2, MOST_ACTS);
    } else if (answer.kind === "refused" && UNREADABLE.has(answer.status)) {
      if (rows.length > 1) most = Math.ceil(rows.length / 4);
      else
        await judge(
          db,
          rows.map((row) => unreadable(row, answer.problem)),
        );
    } else return answer.kind === "unchanged" ? "refused" : answer.kind;
  }
}

/** One act that cannot be sent must not hold up the others: its owner sees it. */
function unreadable({ id }: StoredAct, { code, detail }: Problem): Judged {
  return { id, result: "returned", code, detail };
}

function sendBatch(rows: readonly StoredAct[], token: string): Promise<Answer<SyncOut>> {
  const device_time = new Date().toISOString();
  return sync({ device_time, acts: rows.map(({ act }) => act) }, token);
}

async function setClock(db: PersonDb, { server_time }: SyncOut): Promise<void> {
  const offset_ms = Date.parse(server_time) - Date.now();
  if (Number.isFinite(offset_ms)) await db.put("kept", { key: "clock", offset_ms });
}

/**
 * Pictures of helps that arrived, also of those that somebody still looks at: on the server a
 * picture waits for its help. One that is refused keeps none of the others.
 */
async function sendPhotos(db: PersonDb, token: string): Promise<Outcome> {
  for (const photo of await db.getAllFromIndex("photos", "state", "waiting")) {
    const help = await db.get("acts", photo.act);
    if (help?.state !== "sent" || help.result === "conflict") continue;
    const outcome = await sendPhoto(db, photo, token);
    if (outcome === "offline" || outcome === "signed-out") return outcome;
  }
  return "done";
}

async function sendPhoto(db: PersonDb, photo: StoredPhoto, token: string): Promise<Outcome> {
  const { id, act, size_bytes, digest, taken_at } = photo;
  let answer = await beginPhoto({ id, act, size_bytes, digest, taken_at }, token);
  let offset = -1;
  while (answer.kind === "ok" && !answer.body.done) {
    if (answer.body.received_bytes === offset) return "refused"; // it does not move
    offset = answer.body.received_bytes;
    await db.put("photos", { ...photo, received_bytes: offset });
    const chunk = photo.bytes.slice(offset, offset + CHUNK_BYTES);
    answer = resumed(id, await sendChunk(id, offset, chunk, token));
  }
  if (answer.kind !== "ok") return answer.kind === "unchanged" ? "refused" : answer.kind;
  const bytes = new ArrayBuffer(0);
  await db.put("photos", { ...photo, state: "sent", bytes, received_bytes: size_bytes });
  return "done";
}

/** A wrong offset is an answer: the server says how far it is. */
function resumed(id: string, answer: Answer<PhotoOut>): Answer<PhotoOut> {
  if (answer.kind !== "refused" || answer.problem.code !== "upload-offset") return answer;
  const received_bytes = Number(answer.problem.params["received_bytes"]); // params are texts
  if (!Number.isSafeInteger(received_bytes)) return answer;
  return { kind: "ok", status: 200, body: { id, received_bytes, done: false }, etag: "" };
}
