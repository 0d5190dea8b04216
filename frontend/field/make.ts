/** What tests need, made as the app makes it. */

import "fake-indexeddb/auto";

import type { HelpAct } from "./contract";
import { openPerson, type PersonDb } from "./db";
import { uuid7 } from "./ids";
import type { StoredPhoto } from "./model";

let people = 0;

/** The empty database of a new person. */
export function aDb(): Promise<PersonDb> {
  people += 1;
  return openPerson(`person-${String(people)}-${uuid7()}`);
}

export function aHelp(facts: Partial<HelpAct> = {}): HelpAct {
  return {
    type: "help",
    id: uuid7(),
    at: "2026-11-28T02:10:00.000Z",
    team: "0190a000-0000-7000-8000-000000000001",
    activity: null,
    services: ["vneid"],
    citizens: 1,
    same_people: false,
    same_people_as: null,
    helped: "citizens",
    note: "",
    point: null,
    ...facts,
  };
}

export function aPhoto(act: string, size = 300_000): StoredPhoto {
  const bytes = new Uint8Array(size).fill(7).buffer;
  const facts = { id: uuid7(), act, state: "waiting", digest: "ab", taken_at: null } as const;
  return { ...facts, bytes, size_bytes: size, received_bytes: 0 };
}
