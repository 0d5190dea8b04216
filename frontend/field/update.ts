/** The service worker, and a newer app that is taken only when asked. */

import { TAKE_OVER } from "./signals";

type Told = (apply: () => void) => void;

const LOOK_MS = 60 * 60 * 1000;

/** Register the worker; `told` is called once a newer app lies ready, with what takes it. */
export async function register(told: Told): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const worker = navigator.serviceWorker;
  const hadOne = worker.controller !== null;
  let reloading = false;
  worker.addEventListener("controllerchange", () => {
    if (!hadOne || reloading) return; // the first worker takes over quietly
    reloading = true;
    location.reload();
  });
  try {
    const registration = await worker.register("/field/sw.js", { scope: "/field/" });
    watch(registration, told);
    const look = (): void => void registration.update().catch(() => undefined);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) look();
    });
    setInterval(look, LOOK_MS);
  } catch {
    // Without a worker the app still works while there is a network.
  }
}

export function watch(registration: ServiceWorkerRegistration, told: Told): void {
  const tell = (): void => {
    const { waiting } = registration;
    if (waiting && registration.active)
      told(() => {
        waiting.postMessage(TAKE_OVER);
      });
  };
  tell();
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed") tell();
    });
  });
}
