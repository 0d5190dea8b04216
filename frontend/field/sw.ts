/** The service worker: keeps the shell, takes a newer one only when asked, sends in the background. */

import {
  addPlugins,
  addRoute,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precache,
} from "workbox-precaching";
import { registerRoute } from "workbox-routing";

import { SEND_TAG, TAKE_OVER } from "./signals";
import { byAddress, isShell, sendInBackground, type Window, withoutCookies } from "./worker";

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Scope {
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>;
    matchAll(query: { type: "window" }): Promise<readonly Window[]>;
  };
}

function isLasting(event: Event): event is Lasting {
  return "waitUntil" in event;
}
function isScope(here: object): here is Scope {
  return "skipWaiting" in here && "clients" in here;
}

function serve(scope: Scope): void {
  addEventListener("message", ({ data }) => {
    if (data === TAKE_OVER) void scope.skipWaiting();
  });
  addEventListener("activate", (event) => {
    if (isLasting(event)) event.waitUntil(scope.clients.claim());
  });
  addEventListener("sync", (event) => {
    if (!isLasting(event) || !("tag" in event) || event.tag !== SEND_TAG) return;
    const send = async (): Promise<void> =>
      sendInBackground(await scope.clients.matchAll({ type: "window" }));
    event.waitUntil(send());
  });
}

addPlugins([
  {
    requestWillFetch: ({ request }) => Promise.resolve(withoutCookies(request)),
    cacheKeyWillBeUsed: ({ request }) => Promise.resolve(byAddress(request)),
  },
]);
precache(__SHELL__);
addRoute({ cleanURLs: false });
cleanupOutdatedCaches();
registerRoute(
  ({ request, url }) => request.mode === "navigate" && isShell(url),
  createHandlerBoundToURL("/field/"),
);
const here: object = globalThis;
if (isScope(here)) serve(here);
// Notices come with a part of their own, which listens for them, where it is built in.
void import.meta.glob("./push-worker.ts", { eager: true });
