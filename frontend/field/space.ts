/** How much room the phone has, and whether the browser promises to keep what is here. */

import { browser } from "./browser";

export interface Space {
  used: number; // bytes
  left: number;
  isLow: boolean;
  isKept: boolean;
}

const LOW_BYTES = 50_000_000;
const LOW_SHARE = 0.9;

export function judged(used: number, quota: number, isKept: boolean): Space {
  const left = Math.max(quota - used, 0);
  return { used, left, isLow: left < LOW_BYTES || used > quota * LOW_SHARE, isKept };
}

/** null where the browser does not say. */
export async function space(): Promise<Space | null> {
  const { usage, quota } = (await browser.storage?.estimate()) ?? {};
  if (usage === undefined || quota === undefined) return null;
  return judged(usage, quota, (await browser.storage?.persisted()) ?? false);
}

export function shownBytes(bytes: number): string {
  return bytes < 1e9 ? `${String(Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
