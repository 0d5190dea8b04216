/** The code with which volunteers check in: the leader's phone draws it, without a network. */

import { fromBase64 } from "./bytes";
import { uuidBytes } from "./ids";

const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 6;
export const STEP_S = 30;

export interface Scanned {
  activity: string;
  step: number;
  code: string;
}

export function stepAt(ms: number): number {
  return Math.floor(ms / 1000 / STEP_S);
}

/** The six signs of an activity in one step of 30 seconds. `key` is base64. */
export async function codeOf(key: string, activity: string, step: number): Promise<string> {
  const raw = fromBase64(key);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", raw, hmac, false, ["sign"]);
  const facts = new Uint8Array(24);
  facts.set(uuidBytes(activity));
  new DataView(facts.buffer).setBigUint64(16, BigInt(step));
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", secret, facts));
  return Array.from(signed.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join(
    "",
  );
}

export function qrText(activity: string, step: number, code: string): string {
  return `SH1:${activity}:${String(step)}:${code}`;
}

const QR = new RegExp(
  `^SH1:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\\d{1,12}):([${ALPHABET}]{6})$`,
);

export function readQr(text: string): Scanned | null {
  const [, activity, step, code] = QR.exec(text.trim()) ?? [];
  if (activity === undefined || step === undefined || code === undefined) return null;
  return { activity, step: Number(step), code };
}

/** What somebody typed as a code, or null while it is none. */
export function readTyped(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, "");
  const isCode =
    code.length === LENGTH && Array.from(code).every((sign) => ALPHABET.includes(sign));
  return isCode ? code : null;
}
