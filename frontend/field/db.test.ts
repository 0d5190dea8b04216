import "fake-indexeddb/auto";

import { readdirSync, readFileSync } from "node:fs";

import { type IDBPDatabase, openDB } from "idb";
import { expect, test } from "vitest";

import { fromBase64 } from "./bytes";
import { nameFor, openPerson, PERSON_STEPS } from "./db";
import { counts, unsent } from "./outbox";

interface Store {
  keyPath: string;
  indexes: Record<string, string>;
  rows: Record<string, unknown>[];
}
interface Fixture {
  version: number;
  stores: Record<string, Store>;
}

const FOLDER = "frontend/field/fixtures";
const VERSIONS = readdirSync(FOLDER).map((name) =>
  Number(/^outbox\.v(\d+)\.json$/.exec(name)?.[1]),
);

/** A phone as that version left it: built from the file alone, not by our steps. */
async function aPhoneOf(version: number, user: string): Promise<Fixture> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- a file of ours
  const fixture: Fixture = JSON.parse(
    readFileSync(`${FOLDER}/outbox.v${String(version)}.json`, "utf-8"),
  );
  const db: IDBPDatabase = await openDB(nameFor(user), version, {
    upgrade(made) {
      for (const [name, { keyPath, indexes }] of Object.entries(fixture.stores)) {
        const store = made.createObjectStore(name, { keyPath });
        for (const [index, path] of Object.entries(indexes)) store.createIndex(index, path);
      }
    },
  });
  for (const [name, { rows }] of Object.entries(fixture.stores))
    for (const row of rows) await db.put(name, withBytes(row));
  db.close();
  return fixture;
}

function withBytes(row: Record<string, unknown>): Record<string, unknown> {
  const { bytes } = row;
  return typeof bytes === "string" ? { ...row, bytes: fromBase64(bytes).buffer } : row;
}

test("every version of the outbox has a fixture", () => {
  expect(VERSIONS.sort()).toEqual(PERSON_STEPS.map((_, place) => place + 1));
});

test.each(VERSIONS)("the acts of an outbox of version %i survive", async (version) => {
  const user = `of-${String(version)}`;
  const fixture = await aPhoneOf(version, user);

  const db = await openPerson(user);

  const acts = fixture.stores["acts"]?.rows ?? [];
  for (const { id, act } of acts) {
    const stored = await db.get("acts", String(id));
    expect(stored).toMatchObject({ id, act });
  }
  expect(await counts(db)).toEqual({ draft: 1, waiting: 1, sent: 0, returned: 1 });
  expect(await unsent(db)).toHaveLength(2);
  const [photo] = await db.getAllFromIndex("photos", "state", "waiting");
  expect(photo?.bytes.byteLength).toBe(4);
  expect(await db.get("kept", "last")).toMatchObject({ services: ["vneid"], citizens: 3 });
});
