/** Push notices, where the part that brings them (push.ts) is built in. */

interface Push {
  askForNotices(token: string): Promise<boolean>;
}

function isPush(module: unknown): module is Push {
  return typeof module === "object" && module !== null && "askForNotices" in module;
}

/** The part, or null where it is not built in or this browser has no push. */
export async function push(): Promise<Push | null> {
  if (!("PushManager" in globalThis) || !("Notification" in globalThis)) return null;
  const [load] = Object.values(import.meta.glob("./push.ts"));
  const module: unknown = await load?.();
  return isPush(module) ? module : null;
}
