import "fake-indexeddb/auto";

import { deleteDB } from "idb";
import { beforeEach, expect, test, vi } from "vitest";

import { toBase64 } from "./bytes";
import type { DeviceOut } from "./contract";
import { type DeviceDb, nameFor, openDevice, openPerson, type PersonDb } from "./db";
import { uuid7 } from "./ids";
import { aHelp, aPhoto } from "./make";
import type { Person } from "./model";
import { save } from "./outbox";
import { owed, payOwed } from "./owed";
import { leave, sealedActs, signOut, welcome } from "./people";

const KEY = keyOf(1);
const OTHER_KEY = keyOf(2);

function keyOf(byte: number): string {
  return toBase64(new Uint8Array(32).fill(byte));
}

let device: DeviceDb;
let asked: [string, string][] = [];
let answer: () => Response | Promise<never>;

beforeEach(async () => {
  await deleteDB("senhong");
  device = await openDevice();
  asked = [];
  answer = (): Response => new Response(null, { status: 204 });
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    const token = new Headers(init.headers).get("Authorization") ?? "";
    if (init.method === "DELETE") asked.push([path, token]);
    return Promise.resolve(answer());
  });
});

let people = 0;

function given(facts: Partial<DeviceOut> = {}): DeviceOut {
  const user_id = (people += 1);
  const known = { id: uuid7(), token: `sd_${uuid7()}`, full_name: "Sen", keep_key: KEY };
  return { ...known, user_id, earlier_keys: [], ...facts };
}

/** Somebody signed in, with one help that waits and its picture. */
async function aPersonAtWork(facts: Partial<DeviceOut> = {}): Promise<[Person, PersonDb, string]> {
  const person = await welcome(device, given(facts));
  const db = await openPerson(person.user_id);
  const help = aHelp();
  await save(db, [help], null, { atOnce: true, photos: [aPhoto(help.id, 40)] });
  return [person, db, help.id];
}

async function actsOf(userId: string): Promise<string[]> {
  const db = await openPerson(userId);
  const ids = await db.getAllKeys("acts");
  db.close();
  return ids;
}

test("what waits is sealed when the office signs the phone out, and opens at the next sign-in", async () => {
  const [person, db, help] = await aPersonAtWork();

  expect(await leave(device, person, db)).toBe(1);

  expect(await device.get("people", person.user_id)).toMatchObject({ token: null, keep_key: null });
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(
    nameFor(person.user_id),
  );
  await welcome(device, given({ user_id: Number(person.user_id) }));
  expect(await actsOf(person.user_id)).toEqual([help]);
});

test("a key that does not fit keeps nobody out, and loses nothing", async () => {
  const [person, db, help] = await aPersonAtWork();
  await leave(device, person, db);

  const wrong = await welcome(
    device,
    given({ user_id: Number(person.user_id), keep_key: OTHER_KEY }),
  );

  expect(wrong.token).not.toBeNull();
  expect(sealedActs(wrong)).toBe(1);
  expect(await actsOf(person.user_id)).toEqual([]);

  const right = await welcome(device, given({ user_id: Number(person.user_id) }));
  expect(sealedActs(right)).toBe(0);
  expect(await actsOf(person.user_id)).toEqual([help]);
});

test("who works on and signs out again keeps both boxes", async () => {
  const [person, db] = await aPersonAtWork();
  await leave(device, person, db);
  const [again, second] = await aPersonAtWork({
    user_id: Number(person.user_id),
    keep_key: OTHER_KEY,
  });

  await leave(device, again, second);
  const kept = await device.get("people", person.user_id);
  expect(kept && sealedActs(kept)).toBe(2);

  await welcome(device, given({ user_id: Number(person.user_id) }));
  expect(await actsOf(person.user_id)).toHaveLength(1);
  await welcome(device, given({ user_id: Number(person.user_id), keep_key: OTHER_KEY }));
  expect(await actsOf(person.user_id)).toHaveLength(2);
});

test("without any key of use nothing is sealed, and nothing is lost", async () => {
  const [person, db, help] = await aPersonAtWork({ keep_key: "not a key" });
  expect(person.token).not.toBeNull();

  expect(await leave(device, person, db)).toBe(1);

  expect(await actsOf(person.user_id)).toEqual([help]);
});

test("two accounts became one: what waits under the first goes on under the second", async () => {
  const [old, db, help] = await aPersonAtWork();
  db.close();
  const earlier_keys = [{ user_id: Number(old.user_id), keep_key: KEY }];
  const now = given({ keep_key: OTHER_KEY, earlier_keys });

  await welcome(device, now);
  await welcome(device, now); // begun anew

  expect(await actsOf(String(now.user_id))).toEqual([help]);
  expect(await device.get("people", old.user_id)).toBeUndefined();
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(nameFor(old.user_id));
  expect((await owed(device)).map(({ id }) => id)).toEqual([old.device_id]);
});

test("what moves to the other account is not doubled where a part is there already", async () => {
  const [old, db, help] = await aPersonAtWork();
  const row = await db.get("acts", help);
  db.close();
  const now = given({ earlier_keys: [{ user_id: Number(old.user_id), keep_key: KEY }] });
  const there = await openPerson(String(now.user_id));
  if (row) await there.put("acts", { ...row, state: "sent" });
  there.close();

  await welcome(device, now);

  const after = await openPerson(String(now.user_id));
  expect(await after.count("acts")).toBe(1);
  expect((await after.get("acts", help))?.state).toBe("sent");
  expect(await after.count("photos")).toBe(1);
  after.close();
});

test("what lies sealed under the first account opens under the second", async () => {
  const [old, db, help] = await aPersonAtWork();
  await leave(device, old, db);
  const earlier_keys = [{ user_id: Number(old.user_id), keep_key: KEY }];
  const now = given({ keep_key: OTHER_KEY, earlier_keys });

  await welcome(device, now);

  expect(await actsOf(String(now.user_id))).toEqual([help]);
  expect(await device.get("people", old.user_id)).toBeUndefined();
});

test("what no key opens is kept once, also where an account was brought over twice", async () => {
  const [old, db] = await aPersonAtWork();
  await leave(device, old, db);
  const left = await device.get("people", old.user_id);
  const now = given({
    keep_key: OTHER_KEY,
    earlier_keys: [{ user_id: Number(old.user_id), keep_key: OTHER_KEY }],
  });
  await welcome(device, now);
  if (left) await device.put("people", left); // the phone died before it was forgotten

  expect(sealedActs(await welcome(device, now))).toBe(1);
});

test("signing out without a network is owed to the server until it answered", async () => {
  const [person, db] = await aPersonAtWork();
  answer = () => Promise.reject(new TypeError("no network"));

  await signOut(device, person, db);
  await payOwed(device);
  expect(await owed(device)).toEqual([{ id: person.device_id, token: person.token }]);

  answer = (): Response => new Response("{}", { status: 503 });
  await payOwed(device);
  expect(await owed(device)).toHaveLength(1);

  answer = (): Response => new Response(null, { status: 204 });
  await payOwed(device);
  expect(await owed(device)).toEqual([]);
  expect(asked.at(-1)).toEqual([
    `/api/v1/field/devices/${person.device_id}`,
    `Bearer ${person.token ?? ""}`,
  ]);
});

test("a token that is no longer known owes nothing", async () => {
  const [person, db] = await aPersonAtWork();
  answer = (): Response => new Response('{"code": "not-signed-in"}', { status: 401 });

  await signOut(device, person, db);
  await payOwed(device);

  expect(await owed(device)).toEqual([]);
});

test("a 401 of somebody in between signs nobody out", async () => {
  const [person, db] = await aPersonAtWork();
  answer = (): Response => new Response("<html>Wi-Fi</html>", { status: 401 });

  await signOut(device, person, db);
  await payOwed(device);

  expect(await owed(device)).toHaveLength(1);
});
