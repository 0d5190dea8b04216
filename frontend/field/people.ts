/** Who uses this phone, and how somebody signs in and out. */

import { csrfToken, endSession, signInDevice, whoAmI, type Answer } from "./api";
import type { DeviceOut, Me } from "./contract";
import { type DeviceDb, forgetPerson, openPerson, type PersonDb } from "./db";
import { uuid7 } from "./ids";
import { importKey, lock, takeOver, unlock } from "./keep";
import type { Locked, Person } from "./model";
import { endPush } from "./notices";
import { onlyHere } from "./outbox";
import { owe, payOwed } from "./owed";

// Who signed out without a network left the browser's session open: it is ended before anybody
// else is offered to go on with it.
const OWED = "senhong-session-to-end";

/** Who is signed in to the browser, if anybody and if there is a network. */
export async function bySession(): Promise<Me | null> {
  if (localStorage.getItem(OWED) && !(await leaveBrowser())) return null;
  const answer = await whoAmI(null);
  return answer.kind === "ok" ? answer.body : null;
}

/** The one-time secret in what somebody pasted: the link itself, or its last part. */
export function secretIn(typed: string): string | null {
  const text = typed.trim();
  const [, fromLink] = /(?:#link=|\/field\/open\/)([\w-]+)/.exec(text) ?? [];
  if (fromLink !== undefined) return fromLink;
  return /^[\w-]{6,200}$/.test(text) ? text : null;
}

// The link that is being used, and as which device: when the answer is lost the same device asks
// again, and the link is not spent twice.
const ENTERING = "senhong-entering";

function idFor(link: string | null): string {
  const [kept, known] = (localStorage.getItem(ENTERING) ?? "").split(" ");
  if (link !== null && kept === link && known !== undefined) return known;
  const id = uuid7();
  if (link !== null) localStorage.setItem(ENTERING, `${link} ${id}`);
  return id;
}

export async function signIn(link: string | null): Promise<Answer<DeviceOut>> {
  const as = link === null ? { csrf: await csrfToken() } : null;
  const answer = await signInDevice({ id: idFor(link), name: deviceName(), link }, as);
  if (answer.kind === "ok" || answer.kind === "refused") localStorage.removeItem(ENTERING);
  return answer;
}

/**
 * Keep the token, then open what this person left here at signing out, also under an account that
 * became this one. What no key opens is kept as it is, and keeps nobody out.
 */
export async function welcome(device: DeviceDb, given: DeviceOut): Promise<Person> {
  const known = await device.get("people", String(given.user_id));
  const { token, full_name, id: device_id } = given;
  const keep_key = await keyOf(given.keep_key);
  const person: Person = {
    user_id: String(given.user_id),
    full_name,
    device_id,
    token,
    keep_key,
    locked: null,
    unopened: known ? boxesOf(known) : [],
  };
  await device.put("people", person);
  const { earlier_keys: earlier } = given;
  const every = [keep_key, ...(await Promise.all(earlier.map((one) => keyOf(one.keep_key))))];
  const keys = every.filter((key) => key !== null);
  await openBoxes(device, person, keys);
  for (const { user_id } of earlier) await tryToBringOver(device, person, keys, String(user_id));
  return person;
}

async function keyOf(base64: string): Promise<CryptoKey | null> {
  try {
    return await importKey(base64);
  } catch {
    return null; // no key at all: nothing opens, and nothing can be sealed
  }
}

/** What lies sealed of a person, whatever it waits for. */
export function boxesOf({ locked, unopened = [] }: Person): Locked[] {
  return locked ? [locked, ...unopened] : [...unopened];
}

/** How many acts lie sealed. */
export function sealedActs(person: Person): number {
  return boxesOf(person).reduce((sum, { acts }) => sum + acts, 0);
}

async function openBoxes(device: DeviceDb, person: Person, keys: CryptoKey[]): Promise<void> {
  const boxes = boxesOf(person).filter(isFirst);
  if (boxes.length === 0) return;
  const db = await openPerson(person.user_id);
  const unopened: Locked[] = [];
  for (const box of boxes) if (!(await isOpened(db, keys, box))) unopened.push(box);
  db.close();
  person.unopened = unopened;
  await device.put("people", person); // first in the outbox, then no longer sealed
}

/** One that was brought over twice is one; no two were sealed with the same beginning. */
function isFirst({ iv }: Locked, place: number, boxes: Locked[]): boolean {
  return boxes.findIndex((one) => one.iv.join() === iv.join()) === place;
}

async function isOpened(db: PersonDb, keys: CryptoKey[], box: Locked): Promise<boolean> {
  for (const key of keys) {
    try {
      await unlock(db, key, box);
      return true;
    } catch {
      // Another key may fit, or a later sign-in; the box stays.
    }
  }
  return false;
}

/** What could not be brought over now, for want of room, say, lies where it was until next time. */
async function tryToBringOver(...facts: Parameters<typeof bringOver>): Promise<void> {
  try {
    await bringOver(...facts);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Everything of an account that became this one; begun anew it goes on where it broke off. */
async function bringOver(
  device: DeviceDb,
  person: Person,
  keys: CryptoKey[],
  from: string,
): Promise<void> {
  const left = await device.get("people", from);
  if (!left || from === person.user_id) return;
  if (left.token !== null) {
    await moveActs(from, person.user_id);
    await owe(device, { id: left.device_id, token: left.token });
  }
  person.unopened = [...(person.unopened ?? []), ...boxesOf(left)];
  await openBoxes(device, person, keys);
  await device.delete("people", from);
}

async function moveActs(from: string, to: string): Promise<void> {
  const [old, db] = [await openPerson(from), await openPerson(to)];
  await takeOver(db, await old.getAll("acts"), await old.getAll("photos"));
  old.close();
  db.close();
  await forgetPerson(from);
}

/** Forget token, key and acts; what has not arrived stays, sealed, for the next sign-in. */
export async function signOut(device: DeviceDb, person: Person, db: PersonDb): Promise<void> {
  if (person.token) await owe(device, { id: person.device_id, token: person.token });
  await leave(device, person, db);
  void payOwed(device);
}

/**
 * Nothing stays readable, no note arrives, and the browser's session ends; the answer says how
 * many acts lie sealed.
 */
export async function leave(device: DeviceDb, person: Person, db: PersonDb): Promise<number> {
  localStorage.setItem(OWED, "1");
  const acts = await seal(device, person, db);
  const others = await device.getAll("people");
  if (others.every(({ token }) => token === null)) void endPush();
  void leaveBrowser();
  return acts;
}

async function seal(device: DeviceDb, person: Person, db: PersonDb): Promise<number> {
  const locked = person.keep_key && (await lock(db, person.keep_key));
  const left: Person = { ...person, token: null, keep_key: null, locked };
  // Without a key nothing can be sealed: better readable than lost.
  const open = person.keep_key ? 0 : (await onlyHere(db)).length;
  if (boxesOf(left).length + open > 0) await device.put("people", left);
  else await device.delete("people", person.user_id);
  db.close();
  if (open === 0) await forgetPerson(person.user_id);
  return sealedActs(left) + open;
}

async function leaveBrowser(): Promise<boolean> {
  const left = await endSession();
  if (left) localStorage.removeItem(OWED);
  return left;
}

/** What the owner sees in the list of her devices: "Chrome trên Android". */
export function deviceName(agent = navigator.userAgent): string {
  const browsers: [RegExp, string][] = [
    [/EdgA?\//, "Edge"],
    [/SamsungBrowser/, "Samsung Internet"],
    [/OPR\//, "Opera"],
    [/coc_coc_browser/, "Cốc Cốc"],
    [/Firefox|FxiOS/, "Firefox"],
    [/Chrome|CriOS/, "Chrome"],
    [/Safari/, "Safari"],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, "Android"],
    [/iPhone|iPad/, "iOS"],
    [/Windows/, "Windows"],
    [/Mac OS/, "macOS"],
    [/Linux/, "Linux"],
  ];
  const first = (list: [RegExp, string][]): string =>
    list.find(([pattern]) => pattern.test(agent))?.[1] ?? "Máy";
  return `${first(browsers)} trên ${first(systems)}`;
}
