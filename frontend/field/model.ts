/** What the phone keeps. */

import type { Act, Result, Sections } from "./contract";

/** What asks for something, or is done: the four counts. */
export type Counted = "draft" | "waiting" | "sent" | "returned";
export const STATES: readonly Counted[] = ["draft", "waiting", "sent", "returned"];
export type Counts = Record<Counted, number>;
export type State = Counted | "given-up"; // returned, seen, and left at that by its owner

/** One act and where it is. Its id is the act's, so the order of ids is the order of acts. */
export interface StoredAct {
  id: string;
  state: State;
  act: Act;
  saved_at: number; // ms
  ready_at: number | null; // of a draft: when it begins to wait; null until its owner finishes it
  held?: boolean; // of a draft that was finished: its owner has it open to change it
  sent_at: number | null; // ms, when the server answered
  result: Result | "";
  code: string; // why it was returned
  words: string; // the same in words, the reviewer's where somebody reviewed
  reviewed: boolean; // returned by a person; otherwise by the server
  by_name: string; // who that was
  corrected_by: string | null; // the correction that follows it
}

export type PhotoState = "waiting" | "sent";

export interface StoredPhoto {
  id: string;
  act: string; // the help it shows
  state: PhotoState;
  bytes: ArrayBuffer; // emptied when the server has it
  size_bytes: number;
  digest: string;
  taken_at: string | null;
  received_bytes: number;
}

export interface Bundle extends Sections {
  versions: Record<string, string>;
  fetched_at: number; // ms; 0 before the first
}

export interface LastHelp {
  services: string[];
  citizens: number;
}

/** Where and on which day somebody counts. */
export interface TallyPlace {
  team: string;
  activity: string | null;
  day: string;
}

export interface Tally extends TallyPlace {
  counts: Record<string, number>;
  people: number;
  last: { first: string; act: string; services: string[] } | null;
}

export type Kept =
  | ({ key: "bundle" } & Bundle)
  | ({ key: "last" } & LastHelp)
  | ({ key: "tally" } & Tally)
  | { key: "clock"; offset_ms: number } // the server's clock less the phone's
  | ({ key: "messages" } & Messages);

/** A message as the server tells it; a reminder is a unit's, and is answered on its page. */
export interface Message {
  id: string;
  kind: "message" | "reminder";
  subject: string;
  words: string;
  link: string;
  at: string;
  seen_at: string | null;
}

export interface Messages {
  items: Message[];
  unseen: number; // of all, by the server's count
  fetched_at: number; // ms; 0 before the first
  seen: string[]; // seen here; the server does not know yet
}

/** Somebody who uses this phone. */
export interface Person {
  user_id: string;
  full_name: string;
  device_id: string;
  token: string | null; // null: signed out
  keep_key: CryptoKey | null; // not extractable
  locked: Locked | null; // what stayed behind at signing out
  unopened?: Locked[]; // what no key that came has opened; kept until one does
}

export interface Locked {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
  acts: number; // how many, to be shown
}

/** A device that was signed out here; its token ends when the server hears of it. */
export interface Owed {
  id: string;
  token: string;
}

export type Setting =
  | { key: "person"; user_id: string }
  | { key: "language"; language: "vi" | "en" }
  | { key: "owed"; devices: Owed[] };
