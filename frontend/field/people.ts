/** Who uses this phone, and how somebody signs in and out. */

import { csrfToken, endSession, signInDevice, signOutDevice, whoAmI, type Answer } from "./api";
import type { DeviceOut, Me } from "./contract";
import { type DeviceDb, forgetPerson, openPerson, type PersonDb } from "./db";
import { uuid7 } from "./ids";
import { importKey, lock, unlock } from "./keep";
import type { Locked, Person } from "./model";

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

export async function signIn(device: DeviceDb, link: string | null): Promise<Answer<Person>> {
  const as = link === null ? { csrf: await csrfToken() } : null;
  const answer = await signInDevice({ id: idFor(link), name: deviceName(), link }, as);
  if (answer.kind === "ok" || answer.kind === "refused") localStorage.removeItem(ENTERING);
  if (answer.kind !== "ok") return answer;
  return { ...answer, body: await welcome(device, answer.body) };
}

/** Keep the token, and open what this person left here at signing out. */
async function welcome(device: DeviceDb, given: DeviceOut): Promise<Person> {
  const user_id = String(given.user_id);
  const keep_key = await importKey(given.keep_key);
  const known = await device.get("people", user_id);
  const { token, full_name, id: device_id } = given;
  const person: Person = { user_id, full_name, device_id, token, keep_key, locked: null };
  if (known?.locked) await open(user_id, keep_key, known.locked);
  await device.put("people", person); // first there, then no longer sealed
  for (const earlier of given.earlier_keys) {
    const left = await device.get("people", String(earlier.user_id));
    if (!left?.locked) continue;
    await open(user_id, await importKey(earlier.keep_key), left.locked);
    await device.delete("people", left.user_id);
  }
  return person;
}

async function open(userId: string, key: CryptoKey, locked: Locked): Promise<void> {
  const db = await openPerson(userId);
  await unlock(db, key, locked);
  db.close();
}

/** Forget token, key and acts; what has not arrived stays, sealed, for the next sign-in. */
export async function signOut(device: DeviceDb, person: Person, db: PersonDb): Promise<void> {
  const locked = person.keep_key && (await lock(db, person.keep_key));
  if (locked) {
    const left: Person = { ...person, token: null, keep_key: null, locked };
    await device.put("people", left);
  } else await device.delete("people", person.user_id);
  db.close();
  await forgetPerson(person.user_id);
  if (person.token) void signOutDevice(person.device_id, person.token);
  localStorage.setItem(OWED, "1");
  void leaveBrowser();
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
