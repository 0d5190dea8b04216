/** The databases of the phone: one for the device, one for each person. */

import { type DBSchema, type IDBPDatabase, deleteDB, openDB } from "idb";

import type { Kept, Person, PhotoState, Setting, State, StoredAct, StoredPhoto } from "./model";

export interface PersonSchema extends DBSchema {
  acts: { key: string; value: StoredAct; indexes: { state: State } };
  photos: { key: string; value: StoredPhoto; indexes: { state: PhotoState; act: string } };
  kept: { key: Kept["key"]; value: Kept };
}

export interface DeviceSchema extends DBSchema {
  people: { key: string; value: Person };
  settings: { key: Setting["key"]; value: Setting };
}

export type PersonDb = IDBPDatabase<PersonSchema>;
export type DeviceDb = IDBPDatabase<DeviceSchema>;
type Step<Schema extends DBSchema> = (db: IDBPDatabase<Schema>) => void;

/**
 * Step n makes version n+1 from version n. A step that was released is never changed:
 * phones hold acts in each of these shapes (fixtures/ has one of every version).
 */
export const PERSON_STEPS: readonly Step<PersonSchema>[] = [
  (db) => {
    db.createObjectStore("acts", { keyPath: "id" }).createIndex("state", "state");
    const photos = db.createObjectStore("photos", { keyPath: "id" });
    photos.createIndex("state", "state");
    photos.createIndex("act", "act");
    db.createObjectStore("kept", { keyPath: "key" });
  },
];

const DEVICE_STEPS: readonly Step<DeviceSchema>[] = [
  (db) => {
    db.createObjectStore("people", { keyPath: "user_id" });
    db.createObjectStore("settings", { keyPath: "key" });
  },
];

const DEVICE_NAME = "senhong";

export function nameFor(userId: string): string {
  return `senhong-${userId}`;
}

export function openPerson(userId: string): Promise<PersonDb> {
  return open(nameFor(userId), PERSON_STEPS);
}

export function openDevice(): Promise<DeviceDb> {
  return open(DEVICE_NAME, DEVICE_STEPS);
}

export function forgetPerson(userId: string): Promise<void> {
  return deleteDB(nameFor(userId));
}

function open<Schema extends DBSchema>(
  name: string,
  steps: readonly Step<Schema>[],
): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, steps.length, {
    upgrade(db, from) {
      for (const step of steps.slice(from)) step(db);
    },
    // A newer app in another tab wants to migrate: make room. This tab then loads anew (main.ts).
    blocking(_from, _to, event) {
      if (event.target instanceof IDBDatabase) event.target.close();
      globalThis.dispatchEvent(new Event("field-outdated"));
    },
  });
}
