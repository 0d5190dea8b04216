/** What the app and its service worker call out to each other. */

export const TAKE_OVER = "take-over"; // app → worker: the newer app may come
export const SEND = "send"; // worker → app: it is time to send
export const SEND_TAG = "senhong-send"; // of a Background Sync
