// @vitest-environment node
import { expect, test } from "vitest";

import { aDb, aHelp, aPhoto } from "./make";
import { counts, save } from "./outbox";
import { withPhotos } from "./photos";

test("where a picture finds no room what was written is kept, and its owner is told", async () => {
  const db = await aDb();
  const help = aHelp();
  const photo = aPhoto(help.id);
  structuredClone(photo.bytes, { transfer: [photo.bytes] }); // now it cannot be stored

  const { lost } = await withPhotos([photo], (photos) => save(db, [help], null, { photos }));

  expect(lost).toBe(true);
  expect((await counts(db)).draft).toBe(1);
  expect(await db.count("photos")).toBe(0);
});
