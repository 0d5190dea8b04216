/** What has not arrived as a file, for a leader to bring in. */

import type { Person, StoredAct } from "./model";
import { dayOf } from "./time";

export function fileOf(person: Person, rows: readonly StoredAct[], now = new Date()): File {
  const content = {
    "senhong-acts": 1,
    device: person.device_id,
    person: person.user_id,
    exported_at: now.toISOString(),
    acts: rows.filter(isFinished).map(({ act }) => act),
  };
  const name = `senhong-${dayOf(now)}-${String(content.acts.length)}.json`;
  return new File([JSON.stringify(content)], name, { type: "application/json" });
}

/** A draft that its owner left to be finished is nobody else's business yet. */
function isFinished({ state, ready_at }: StoredAct): boolean {
  return state === "waiting" || (state === "draft" && ready_at !== null);
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
