/** What waits as a file, for a leader to bring in. */

import type { Person, StoredAct } from "./model";
import { dayOf } from "./time";

/** `known_as`: who the server last said that this is; of two accounts one may have become. */
export function fileOf(
  person: Person,
  rows: readonly StoredAct[],
  known_as: string | number = "",
  now = new Date(),
): File {
  const content = {
    "senhong-acts": 1,
    device: person.device_id,
    person: String(known_as || person.user_id),
    exported_at: now.toISOString(),
    acts: rows.map(({ act }) => act),
  };
  const name = `senhong-${dayOf(now)}-${String(content.acts.length)}.json`;
  return new File([JSON.stringify(content)], name, { type: "application/json" });
}

/** The share sheet where there is one for files, else a download; false when it was closed. */
export async function hand(file: File): Promise<boolean> {
  const data = { files: [file], title: file.name };
  if ("canShare" in navigator && navigator.canShare(data) && "ontouchstart" in globalThis) {
    try {
      await navigator.share(data);
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return false;
    }
  }
  download(file);
  return true;
}

function download(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
