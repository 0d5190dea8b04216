/** The network edge: the only place where what came from outside gets a type. */

import type {
  BundleOut,
  DeviceIn,
  DeviceOut,
  Me,
  PhotoIn,
  PhotoOut,
  Problem,
  SyncIn,
  SyncOut,
} from "./contract";

import type { Message } from "./model";

export interface MessagesOut {
  items: Message[];
  unseen: number;
  next: string | null;
}

/** Whose request it is: a device's token, or the browser's session with its form token. */
export type As = { token: string } | { csrf: string } | null;

export type Answer<Body> =
  | { kind: "ok"; status: number; body: Body; etag: string }
  | { kind: "unchanged" }
  | { kind: "refused"; status: number; problem: Problem } // asking again changes nothing
  | { kind: "signed-out" }
  | { kind: "offline" }; // or a server that cannot now: try again later

const PATIENCE_MS = 30_000;
const GZIP_FROM = 1_000; // signs: below, packing costs more than it saves
const LATER = new Set([408, 425, 429]);

export function signInDevice(facts: DeviceIn, as: As): Promise<Answer<DeviceOut>> {
  return ask("POST", "field/devices", as, json(facts));
}

export function signOutDevice(id: string, token: string): Promise<Answer<null>> {
  return ask("DELETE", `field/devices/${id}`, { token });
}

export function whoAmI(as: As): Promise<Answer<Me>> {
  return ask("GET", "field/me", as);
}

export async function sync(facts: SyncIn, token: string): Promise<Answer<SyncOut>> {
  return ask("POST", "sync", { token }, await packed(facts));
}

export function bundle(have: string, token: string): Promise<Answer<BundleOut>> {
  return ask("GET", `field/bundle?have=${encodeURIComponent(have)}`, { token });
}

export function beginPhoto(facts: PhotoIn, token: string): Promise<Answer<PhotoOut>> {
  return ask("POST", "field/photos", { token }, json(facts));
}

export function sendChunk(
  id: string,
  offset: number,
  bytes: ArrayBuffer,
  token: string,
): Promise<Answer<PhotoOut>> {
  const headers = {
    "Content-Type": "application/offset+octet-stream",
    "Upload-Offset": String(offset),
  };
  return ask("PATCH", `field/photos/${id}`, { token }, { body: bytes, headers });
}

export function messages(token: string): Promise<Answer<MessagesOut>> {
  return ask("GET", "field/messages", { token });
}

export function seeMessage(id: string, token: string): Promise<Answer<Message>> {
  return ask("POST", `field/messages/${id}/seen`, { token });
}

/** The form token of the browser's session; the kept shell has none of this person's. */
export async function csrfToken(): Promise<string> {
  try {
    const shell = await (await fetch("/field/?fresh", { cache: "no-store" })).text();
    const page = new DOMParser().parseFromString(shell, "text/html");
    return page.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "";
  } catch {
    return "";
  }
}

/** End the browser's session, if there is one; false when there was no network for it. */
export async function endSession(): Promise<boolean> {
  const csrf = await csrfToken();
  if (!csrf) return false;
  try {
    const headers = { "X-CSRFToken": csrf };
    return (await fetch("/accounts/logout/", { method: "POST", headers })).ok;
  } catch {
    return false;
  }
}

interface Sent<Body extends BodyInit = BodyInit> {
  body: Body;
  headers: Record<string, string>;
}

function json(facts: unknown): Sent<string> {
  return { body: JSON.stringify(facts), headers: { "Content-Type": "application/json" } };
}

async function packed(facts: unknown): Promise<Sent> {
  const plain = json(facts);
  const stream = new Response(plain.body).body;
  if (!("CompressionStream" in globalThis) || !stream || plain.body.length < GZIP_FROM)
    return plain;
  const packing = stream.pipeThrough(new CompressionStream("gzip"));
  const body = await new Response(packing).arrayBuffer();
  return { body, headers: { ...plain.headers, "Content-Encoding": "gzip" } };
}

async function ask<Body>(method: string, path: string, as: As, sent?: Sent): Promise<Answer<Body>> {
  const stop = new AbortController();
  const patience = setTimeout(() => {
    stop.abort();
  }, PATIENCE_MS);
  try {
    const answer = await fetch(`/api/v1/${path}`, {
      method,
      headers: { Accept: "application/json", ...sent?.headers, ...credentials(as) },
      credentials: as && "token" in as ? "omit" : "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: stop.signal,
      ...(sent && { body: sent.body }),
    });
    return await read<Body>(answer);
  } catch {
    return { kind: "offline" };
  } finally {
    clearTimeout(patience);
  }
}

function credentials(as: As): Record<string, string> {
  if (!as) return {};
  return "token" in as ? { Authorization: `Bearer ${as.token}` } : { "X-CSRFToken": as.csrf };
}

/** Who stands between us and the server may say 401, too: only ours signs a phone out. */
async function isOurs(answer: Response): Promise<boolean> {
  try {
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null && "code" in body;
  } catch {
    return false;
  }
}

async function read<Body>(answer: Response): Promise<Answer<Body>> {
  if (answer.status === 304) return { kind: "unchanged" };
  if (answer.status === 401) return { kind: (await isOurs(answer)) ? "signed-out" : "offline" };
  if (answer.status >= 500 || LATER.has(answer.status)) return { kind: "offline" };
  const body: unknown = answer.status === 204 ? null : await answer.json();
  const etag = answer.headers.get("ETag") ?? "";
  /* eslint-disable @typescript-eslint/consistent-type-assertions -- the network edge */
  if (answer.ok) return { kind: "ok", status: answer.status, body: body as Body, etag };
  return { kind: "refused", status: answer.status, problem: body as Problem };
  /* eslint-enable @typescript-eslint/consistent-type-assertions */
}
