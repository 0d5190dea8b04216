import { expect, test } from "vitest";

import { toBase64 } from "./bytes";
import { importKey, lock, unlock } from "./keep";
import { aDb, aHelp, aPhoto } from "./make";
import { judge, release, save } from "./outbox";

const mine = (): Promise<CryptoKey> => importKey(toBase64(new Uint8Array(32).fill(1)));
const another = (): Promise<CryptoKey> => importKey(toBase64(new Uint8Array(32).fill(2)));

test("what stays behind opens again with the same person's key, and only with it", async () => {
  const db = await aDb();
  const [waits, draft, arrived] = [aHelp({ note: "chợ sáng" }), aHelp(), aHelp()];
  await save(db, [waits, arrived], 0, { photos: [aPhoto(waits.id, 70_000)] });
  await release(db, 0);
  await judge(db, [{ id: arrived.id, result: "recorded", code: "", detail: "" }]);
  await save(db, [draft], null);

  const locked = await lock(db, await mine());
  if (!locked) throw new Error("nothing was locked");

  expect(locked.acts).toBe(2);
  expect(new TextDecoder().decode(locked.bytes)).not.toContain("chợ");
  const fresh = await aDb();
  await expect(unlock(fresh, await another(), locked)).rejects.toThrow();
  await unlock(fresh, await mine(), locked);
  expect(await fresh.get("acts", waits.id)).toMatchObject({
    state: "waiting",
    act: { note: "chợ sáng" },
  });
  expect((await fresh.get("acts", draft.id))?.state).toBe("draft");
  const [photo] = await fresh.getAll("photos");
  expect(photo?.bytes.byteLength).toBe(70_000);
});

test("opening twice does not undo what happened in between", async () => {
  const db = await aDb();
  const help = aHelp();
  await save(db, [help], 0);
  await release(db, 0);
  const locked = await lock(db, await mine());
  if (!locked) throw new Error("nothing was locked");
  await judge(db, [{ id: help.id, result: "recorded", code: "", detail: "" }]);

  await unlock(db, await mine(), locked);

  expect((await db.get("acts", help.id))?.state).toBe("sent");
});

test("when everything arrived nothing stays behind", async () => {
  expect(await lock(await aDb(), await mine())).toBeNull();
});

test("the key never leaves the browser", async () => {
  expect((await mine()).extractable).toBe(false);
});
