/** Turns notes on this phone on: the app's own worker shows them (push-worker.ts). */

import { browser } from "./browser";
import { fromBase64Url } from "./bytes";

const ADDRESS = "/api/v1/field/push";

/** Asks the person, then tells the server where this phone is reached; false when she says no. */
export type Ask = (token: string) => Promise<boolean>;

/** How to ask, or null where this browser has no push. */
export function push(): Ask | null {
  return "PushManager" in globalThis && "Notification" in globalThis ? ask : null;
}

async function ask(token: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const answer = await fetch(ADDRESS, { headers });
  const told: unknown = await answer.json();
  if (!answer.ok || !isKey(told)) return false;
  const { pushManager } = await navigator.serviceWorker.ready;
  const made = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64Url(told.key),
  });
  const { endpoint, keys } = made.toJSON();
  const body = JSON.stringify({ endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] });
  return (await fetch(ADDRESS, { method: "POST", headers, body })).ok;
}

/** Nobody is signed in here any more: this browser takes no notes, with or without a network. */
export async function endPush(): Promise<void> {
  try {
    const registration = await browser.serviceWorker?.getRegistration("/field/");
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
  } catch {
    // The server ends it, too, when it hears of the sign-out.
  }
}

function isKey(told: unknown): told is { key: string } {
  return typeof told === "object" && told !== null && "key" in told && typeof told.key === "string";
}
