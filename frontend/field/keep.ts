/** What stays behind at signing out, under a key that only this person's next sign-in brings. */

import { fromBase64, toBase64 } from "./bytes";
import type { PersonDb } from "./db";
import type { Locked, StoredAct, StoredPhoto } from "./model";
import { onlyHere } from "./outbox";

const IV_BYTES = 12;

export function importKey(base64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", fromBase64(base64), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
}

interface Left {
  acts: StoredAct[];
  photos: (Omit<StoredPhoto, "bytes"> & { base64: string })[];
}

/** Everything that only this phone has, sealed; null when there is nothing. */
export async function lock(db: PersonDb, key: CryptoKey): Promise<Locked | null> {
  const acts = await onlyHere(db);
  const photos = await db.getAllFromIndex("photos", "state", "waiting");
  if (acts.length + photos.length === 0) return null;
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(JSON.stringify({ acts, photos: photos.map(asText) }));
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text);
  return { iv, bytes, acts: acts.length };
}

/** Put back what was left. What has come in since is not overwritten. */
export async function unlock(db: PersonDb, key: CryptoKey, locked: Locked): Promise<void> {
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: locked.iv }, key, locked.bytes);
  const left = readLeft(new TextDecoder().decode(opened));
  const photos = left.photos.map(({ base64, ...photo }) => ({
    ...photo,
    bytes: fromBase64(base64).buffer,
  }));
  await takeOver(db, left.acts, photos);
}

/** Put acts and pictures here that came from elsewhere. What is here already stays as it is. */
export async function takeOver(
  db: PersonDb,
  acts: readonly StoredAct[],
  photos: readonly StoredPhoto[],
): Promise<void> {
  const tx = db.transaction(["acts", "photos"], "readwrite", { durability: "strict" });
  for (const act of acts)
    if (!(await tx.objectStore("acts").getKey(act.id))) await tx.objectStore("acts").put(act);
  for (const photo of photos)
    if (!(await tx.objectStore("photos").getKey(photo.id)))
      await tx.objectStore("photos").put(photo);
  await tx.done;
}

function asText({ bytes, ...photo }: StoredPhoto): Left["photos"][number] {
  return { ...photo, base64: toBase64(new Uint8Array(bytes)) };
}

function readLeft(text: string): Left {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- sealed by us: nobody else has the key
  const left: Left = JSON.parse(text);
  return left;
}
