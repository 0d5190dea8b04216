/** What the service worker does besides keeping the shell. Free of any page, and tested by itself. */

import { type DeviceDb, openDevice, openPerson } from "./db";
import type { Person } from "./model";
import { alone, sendAll } from "./send";
import { SEND } from "./signals";

export interface Window {
  postMessage(message: string): void;
}

/** An open app sends by itself and shows it; else the worker sends for everybody signed in here. */
export async function sendInBackground(windows: readonly Window[]): Promise<void> {
  for (const one of windows) one.postMessage(SEND);
  if (windows.length > 0) return;
  const device: DeviceDb = await openDevice();
  const people = await device.getAll("people");
  device.close();
  const outcomes = await Promise.all(people.map(sendFor));
  // The browser tries again later, with pauses of its own.
  if (outcomes.includes(false)) throw new Error("something still waits");
}

async function sendFor({ user_id, token }: Person): Promise<boolean> {
  if (token === null) return true;
  const db = await openPerson(user_id);
  try {
    const outcome = await alone(user_id, () => sendAll(db, token));
    return outcome !== "offline";
  } finally {
    db.close();
  }
}

/** Whether an opened address is the app itself; /field/open/… and the like are pages of the server. */
export function isShell(url: URL): boolean {
  return url.pathname === "/field/" && !url.searchParams.has("fresh");
}

/** The shell is kept as a stranger gets it: without cookies, so without anything personal. */
export function withoutCookies(request: Request): Request {
  return new Request(request, { credentials: "omit" });
}

/**
 * What is kept is found by its address alone. The page says `Vary: Accept-Language`, and a browser
 * that shows the worker this header would not find it again: no app without a network.
 */
export function byAddress(request: Request): Request {
  return new Request(request.url);
}
