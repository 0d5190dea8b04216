/** What the app knows while it is open: who uses it, what waits, what was taken along. */

import { browser } from "./browser";
import { EMPTY, read, refresh, running } from "./bundle";
import type { Act, Sortie } from "./contract";
import { type DeviceDb, openDevice, openPerson, type PersonDb } from "./db";
import type { Bundle, Counts, LastHelp, Person } from "./model";
import { type Beside, counts, prune, release, save, undo, UNDO_MS } from "./outbox";
import { untap } from "./tally";
import * as people from "./people";
import { alone, type Outcome, sendAll } from "./send";
import { SEND, SEND_TAG } from "./signals";
import { setLanguage } from "./texts";

const EVERY_MS = 30_000;
const MOST_MS = 5 * 60_000;
const SAID_MS = 5_000;
const BUNDLE_AGE_MS = 60_000;
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
  online = navigator.onLine;
  sending = false;
  mustSignIn = false; // the server no longer knows this device
  saved: Saved | null = null;
  said = ""; // read out, and seen for a while
  saidUntil = 0; // ms
  clockOffsetMs = 0;
  device: DeviceDb | null = null;
  db: PersonDb | null = null;
  #wait = EVERY_MS;
  #again = false; // asked to send while it was sending
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
  }

  /** Another tab, the network or the screen came back: look again. */
  #listen(): void {
    const soon = (): void => {
      this.sendSoon();
    };
    addEventListener("online", () => {
      this.#setOnline(true);
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
    this.#others?.addEventListener("message", () => void this.look());
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
    this.saved = null;
    await this.device?.put("settings", { key: "person", user_id: person.user_id });
    await release(this.db);
    await this.look();
    void prune(this.db);
    void browser.storage?.persist();
    this.sendSoon();
  }

  /** Read again what is kept: acts may have moved. */
  async look(): Promise<void> {
    const { db } = this;
    if (!db) return;
    this.counts = await counts(db);
    this.bundle = await read(db);
    const [last, clock] = [await db.get("kept", "last"), await db.get("kept", "clock")];
    this.last = last?.key === "last" ? last : null;
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
    await this.#moved();
    this.sendSoon(UNDO_MS + 50);
  }

  /** Save acts that go at once: check-in, ticks, answers to a sortie, what was changed. */
  async saveNow(acts: readonly Act[], beside: Beside = {}): Promise<void> {
    if (!this.db) return;
    await save(this.db, acts, Date.now(), beside);
    await release(this.db);
    await this.#moved();
    this.sendSoon();
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
    if (!person?.token || !db || this.sending) return null;
    this.#setSending(true);
    let outcome: Outcome | null = "refused"; // of the phone's own trouble, too, it tries again
    try {
      outcome = await this.#exchange(db, person.user_id, person.token, asked);
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
    const isOld = Date.now() - this.bundle.fetched_at > BUNDLE_AGE_MS;
    const mayAsk = outcome === "done" && (asked || isOld || waiting > 0);
    if (mayAsk && navigator.onLine) await refresh(db, token);
    return outcome;
  }

  async #settle(outcome: Outcome | null, db: PersonDb): Promise<void> {
    this.#take(outcome);
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
    const pause = this.counts.waiting > 0 ? again : MOST_MS;
    if (this.counts.waiting > 0) void askForBackgroundSync();
    this.#plan(Math.min(untilDraft, pause));
  }

  runningSortie(): Sortie | null {
    return running(this.bundle);
  }

  async signIn(link: string | null): Promise<Awaited<ReturnType<typeof people.signIn>>> {
    if (!this.device) return { kind: "offline" };
    const answer = await people.signIn(this.device, link);
    if (answer.kind === "ok") {
      this.people = await this.device.getAll("people");
      await this.use(answer.body);
    }
    return answer;
  }

  async signOut(): Promise<void> {
    const { device, person, db } = this;
    if (!device || !person || !db) return;
    clearTimeout(this.#timer);
    this.person = null;
    this.db = null;
    await people.signOut(device, person, db);
    this.people = await device.getAll("people");
    this.counts = NONE;
    this.bundle = EMPTY;
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
