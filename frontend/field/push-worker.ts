/** In the service worker: notes are shown when they arrive, and lead somewhere when tapped. */

import { onNotificationClick, onPush, type Pages, type Shower, type Shown } from "./push";

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Arrived extends Lasting {
  data: { json(): unknown } | null;
}
interface Tapped extends Lasting {
  notification: Shown;
}
interface Scope extends EventTarget {
  registration: Shower;
  clients: Pages;
}

/** Listen in a worker; elsewhere nothing happens. */
export function listen(here: object): void {
  if (!isScope(here)) return;
  here.addEventListener("push", (event) => {
    if (isArrived(event)) event.waitUntil(onPush(event.data, here.registration));
  });
  here.addEventListener("notificationclick", (event) => {
    if (isTapped(event)) event.waitUntil(onNotificationClick(event.notification, here.clients));
  });
}

function isScope(here: object): here is Scope {
  return "registration" in here && "clients" in here && "addEventListener" in here;
}
function isArrived(event: Event): event is Arrived {
  return "waitUntil" in event && "data" in event;
}
function isTapped(event: Event): event is Tapped {
  return "waitUntil" in event && "notification" in event;
}

listen(globalThis);
