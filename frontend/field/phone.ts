/** What the app knows while it is open: who uses it, what waits, what was taken along. */

import { browser } from "./browser";
import { EMPTY, read, refresh, running } from "./bundle";
import type { Act, Sortie } from "./contract";
import { type DeviceDb, openDevice, openPerson, type PersonDb } from "./db";
import { forFile, letGo, replace } from "./changing";
import { goOnFrom } from "./ids";
import { bringMessages, readMessages } from "./messages";
import type { Bundle, Counts, LastHelp, Messages, Person, StoredAct } from "./model";
import { type Beside, counts, prune, release, save, undo, UNDO_MS, unsent } from "./outbox";
import { payOwed } from "./owed";
import { goInstead } from "./router";
import { untap } from "./tally";
import * as people from "./people";
import { alone, type Outcome, sendAll } from "./send";
import { SEND, SEND_TAG } from "./signals";
import { setLanguage } from "./texts";

const EVERY_MS = 30_000;
const MOST_MS = 5 * 60_000;
const SAID_MS = 5_000;
const BUNDLE_AGE_MS = 60_000;
const FILLING_IN = /^#\/log\b/;
const NONE: Counts = { draft: 0, waiting: 0, sent: 0, returned: 0 };

/** What was just saved and can still be taken back. */
export interface Saved {
  ids: string[];
  text: string;
  same: string | null; // the first help of these people
  until: number;
}

class Phone extends EventTarget {
  person: Person | null = null;
  people: Person[] = [];
  counts: Counts = NONE;
  bundle: Bundle = EMPTY;
  last: LastHelp | null = null;
  messages: Messages | null = null;
  online = navigator.onLine;
  sending = false;
  mustSignIn = false; // the server no longer knows this device
  ended: { name: string; acts: number } | null = null; // who was, then, signed out
  saved: Saved | null = null;
  said = ""; // read out, and seen for a while
  saidUntil = 0; // ms
  clockOffsetMs = 0;
  device: DeviceDb | null = null;
  db: PersonDb | null = null;
  #look = 0;
  #wait = EVERY_MS;
  #again = false; // asked to send while it was sending
  #asked = false; // by somebody who waits for what is new
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #others =
    "BroadcastChannel" in globalThis ? new BroadcastChannel("senhong-field") : null;

  async start(): Promise<void> {
    this.device = await openDevice();
    const language = await this.device.get("settings", "language");
    if (language?.key === "language") setLanguage(language.language);
    this.people = await this.device.getAll("people");
    const chosen = await this.device.get("settings", "person");
    const signedIn = this.people.filter(({ token }) => token !== null);
    const id = chosen?.key === "person" ? chosen.user_id : "";
    const person = signedIn.find(({ user_id }) => user_id === id);
    if (person) await this.use(person);
    else if (signedIn[0] && signedIn.length === 1) await this.use(signedIn[0]);
    this.#listen();
    void payOwed(this.device);
  }

  /** Another tab, the network or the screen came back: look again. */
  #listen(): void {
    const soon = (): void => {
      this.sendSoon();
    };
    addEventListener("online", () => {
      this.#setOnline(true);
      if (this.device) void payOwed(this.device);
      soon();
    });
    addEventListener("offline", () => {
      this.#setOnline(false);
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) soon();
    });
    browser.serviceWorker?.addEventListener("message", ({ data }) => {
      if (data === SEND) soon();
    });
    this.#others?.addEventListener("message", ({ data }) => {
      if (data === `left ${this.person?.user_id ?? ""}`) this.#forget();
      else void (data === "people" ? this.#readPeople() : this.look());
    });
  }

  #setOnline(online: boolean): void {
    this.online = online;
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event("changed"));
  }

  say(words: string): void {
    this.said = words;
    this.saidUntil = Date.now() + SAID_MS;
    this.changed();
  }

  async use(person: Person): Promise<void> {
    this.db?.close();
    this.db = await openPerson(person.user_id);
    this.person = person;
    this.mustSignIn = false;
    this.ended = null;
    this.saved = null;
    await this.device?.put("settings", { key: "person", user_id: person.user_id });
    await letGo(this.db);
    await release(this.db);
    const [newest] = (await unsent(this.db)).slice(-1);
    if (newest) goOnFrom(newest.id);
    await this.look();
    void prune(this.db);
    void browser.storage?.persist();
    this.sendSoon();
  }

  /** Read again what is kept: acts may have moved. */
  async look(): Promise<void> {
    const { db } = this;
    if (!db) return;
    const kept = [db.get("kept", "last"), db.get("kept", "clock")] as const;
    const look = (this.#look += 1);
    const [numbers, bundle, last, clock] = await Promise.all([counts(db), read(db), ...kept]);
    if (look !== this.#look) return; // a later look has seen more
    this.counts = numbers;
    this.bundle = bundle;
    this.last = last?.key === "last" ? last : null;
    this.messages = await readMessages(db);
    this.clockOffsetMs = clock?.key === "clock" ? clock.offset_ms : 0;
    this.changed();
  }

  /** Save acts that can be taken back for ten seconds; they are safe from now on. */
  async save(acts: readonly Act[], text: string, beside: Beside = {}): Promise<void> {
    if (!this.db) return;
    const now = Date.now();
    await save(this.db, acts, now + UNDO_MS, beside);
    const help = acts.find((act) => act.type === "help");
    const same = help ? (help.same_people_as ?? help.id) : null;
    this.saved = { ids: acts.map(({ id }) => id), text, same, until: now + UNDO_MS };
    this.said = text;
    this.changed(); // what is safe is said at once; the numbers follow
    void this.#moved();
    this.sendSoon(UNDO_MS + 50);
  }

  /** Save acts that go at once: check-in, ticks, answers to a sortie, what was changed. */
  async saveNow(acts: readonly Act[], beside: Beside = {}): Promise<void> {
    if (!this.db) return;
    await save(this.db, acts, null, { ...beside, atOnce: true });
    await this.#moved();
    this.sendSoon();
  }

  /** Other facts for an act that has not gone; false, and nothing changed, where it may have. */
  async replace(act: Act, beside: Pick<Beside, "photos" | "atOnce">): Promise<boolean> {
    if (!this.db) return false;
    const replaced = await replace(this.db, act, beside);
    if (this.saved?.ids.includes(act.id)) this.saved = null;
    await this.#moved();
    this.sendSoon();
    return replaced;
  }

  /** A draft that was open to be changed is open no more: it goes, as it would have. */
  async letGo(id: string): Promise<void> {
    if (!this.db) return;
    await letGo(this.db, id);
    await this.#moved();
    this.sendSoon(UNDO_MS + 50);
  }

  /** What goes into a file; from now on it cannot be taken back. */
  async takeForFile(): Promise<StoredAct[]> {
    if (!this.db) return [];
    const rows = await forFile(this.db);
    this.saved = null;
    await this.#moved();
    this.sendSoon();
    return rows;
  }

  async takeBack(): Promise<boolean> {
    const { db, saved } = this;
    if (!db || !saved) return false;
    const kept = await db.get("kept", "tally");
    const tapped = kept?.key === "tally" && kept.last && saved.ids.includes(kept.last.act);
    const all = await undo(db, saved.ids, tapped ? untap(kept) : undefined);
    this.saved = null;
    await this.#moved();
    return all;
  }

  async #moved(): Promise<void> {
    await this.look();
    this.#others?.postMessage("moved");
  }

  /** Send in a moment; asking again only brings it nearer. */
  sendSoon(inMs = 0): void {
    this.#wait = EVERY_MS;
    this.#plan(inMs);
  }

  #plan(inMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), inMs);
  }

  /** Send what waits and bring what is new. What did not go, waits. */
  async send(asked = false): Promise<Outcome | null> {
    const { person, db } = this;
    this.#again = this.sending;
    this.#asked ||= asked;
    if (!person?.token || !db || this.sending) return null;
    const isAsked = this.#asked;
    this.#asked = false;
    this.#setSending(true);
    let outcome: Outcome | null = "refused"; // of the phone's own trouble, too, it tries again
    try {
      outcome = await this.#exchange(db, person.user_id, person.token, isAsked);
    } finally {
      this.#setSending(false);
      if (this.person === person) await this.#settle(outcome, db);
    }
    return outcome;
  }

  async #exchange(
    db: PersonDb,
    id: string,
    token: string,
    asked: boolean,
  ): Promise<Outcome | null> {
    await release(db);
    const { waiting } = await counts(db);
    const outcome = await alone(id, () => sendAll(db, token));
    if (outcome !== "done") return outcome;
    if (!navigator.onLine) return "offline";
    const isOld = Date.now() - this.bundle.fetched_at > BUNDLE_AGE_MS;
    const mayAsk = asked || isOld || waiting > 0 || !this.online;
    const brought = mayAsk ? await refresh(db, token) : "done";
    const told = brought === "done" ? await bringMessages(db, token, asked) : brought;
    // What waited has gone; but a page that learned nothing new is not up to date.
    return told === "refused" ? outcome : told;
  }

  async #settle(outcome: Outcome | null, db: PersonDb): Promise<void> {
    this.#take(outcome);
    if (outcome === "signed-out") {
      await this.sealIfEnded();
      return;
    }
    if (this.saved && this.saved.until <= Date.now()) this.saved = null;
    const next = await release(db); // then look: what was just released waits
    await this.#moved();
    this.#planNext(outcome, next);
    if (this.#again) this.#plan(0);
  }

  #setSending(sending: boolean): void {
    this.sending = sending;
    this.changed();
  }

  #take(outcome: Outcome | null): void {
    if (outcome === "signed-out") this.mustSignIn = true;
    if (outcome === "done" || outcome === "refused") this.online = true;
    if (outcome === "offline") this.online = false;
  }

  #planNext(outcome: Outcome | null, next: number | null): void {
    if (outcome === "signed-out") return;
    if (outcome === "offline" || outcome === "refused")
      this.#wait = Math.min(this.#wait * 2, MOST_MS);
    const untilDraft = next === null ? MOST_MS : Math.max(next - Date.now(), 0) + 50;
    // After a round that went well, what waits was released meanwhile: it need not wait longer.
    const again = outcome === "done" ? 0 : this.#wait * (0.9 + Math.random() / 5);
    const pause = this.counts.waiting > 0 || outcome === "offline" ? again : MOST_MS;
    if (this.counts.waiting > 0) void askForBackgroundSync();
    this.#plan(Math.min(untilDraft, pause));
  }

  runningSortie(): Sortie | null {
    return running(this.bundle);
  }

  async signIn(link: string | null): ReturnType<typeof people.signIn> {
    const { device } = this;
    if (!device) return { kind: "offline" };
    const answer = await people.signIn(link);
    if (answer.kind !== "ok") return answer;
    this.db?.close(); // of an account that became this one, perhaps
    this.#forget();
    const person = await people.welcome(device, answer.body);
    this.people = await device.getAll("people");
    await this.use(person);
    void payOwed(device);
    return answer;
  }

  async signOut(): Promise<void> {
    await this.#leave((device, person, db) => people.signOut(device, person, db));
  }

  /**
   * The office signed this phone out: what waits is sealed and a page says so. Not while a form is
   * being filled in: what is in it would be lost.
   */
  async sealIfEnded(): Promise<void> {
    const { person, mustSignIn } = this;
    if (!mustSignIn || !person || FILLING_IN.test(location.hash)) {
      this.changed();
      return;
    }
    await this.#leave(async (device, left, db) => {
      this.ended = { name: left.full_name, acts: await people.leave(device, left, db) };
    });
    goInstead("signed-out");
  }

  async #leave(
    act: (device: DeviceDb, person: Person, db: PersonDb) => Promise<void>,
  ): Promise<void> {
    const { device, person, db } = this;
    if (!device || !person || !db) return;
    this.#others?.postMessage(`left ${person.user_id}`);
    this.#forget();
    await act(device, person, db);
    await this.#readPeople();
    this.#others?.postMessage("people");
  }

  async #readPeople(): Promise<void> {
    this.people = (await this.device?.getAll("people")) ?? [];
    this.changed();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.person = null;
    this.db = null;
    this.counts = NONE;
    this.bundle = EMPTY;
    this.messages = null;
    this.last = null;
    this.saved = null;
    this.changed();
  }
}

/** Where it exists, the browser may send when the app is closed. It is never relied upon. */
async function askForBackgroundSync(): Promise<void> {
  const registration: unknown = await browser.serviceWorker?.getRegistration("/field/");
  if (!hasSync(registration)) return;
  try {
    await registration.sync.register(SEND_TAG);
  } catch {
    // Not allowed here: the app sends while it is open.
  }
}

interface WithSync {
  sync: { register(tag: string): Promise<void> };
}

function hasSync(registration: unknown): registration is WithSync {
  return typeof registration === "object" && registration !== null && "sync" in registration;
}

export const phone = new Phone();
