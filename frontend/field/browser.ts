/** What a browser may lack, though TypeScript says it is there. */

export const browser: Partial<
  Pick<Navigator, "geolocation" | "locks" | "serviceWorker" | "storage" | "wakeLock">
> = navigator;
