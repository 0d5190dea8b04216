/**
 * Acts on the same thing leave in the order in which they were made, and each says a later time
 * than the one before: of two the later holds. A clock that was put back changes neither.
 */

import type { Act, SignUpAct } from "./contract";
import { goOnFrom, uuid7 } from "./ids";
import type { State, StoredAct } from "./model";

/** The store of acts in the transaction that saves. */
interface Unsent {
  index(name: "state"): { getAll(state: State): Promise<StoredAct[]> };
  delete(id: string): Promise<void>;
}

/** The act as it is saved after those that have not gone yet; null when they cancel each other out. */
export async function inTurn(acts: Unsent, act: Act): Promise<Act | null> {
  const about = subject(act);
  if (about === null) return act;
  const last = (await unsentOn(acts, about)).at(-1);
  if (!last) return act;
  if (act.type !== "sign-up" || last.state !== "draft" || last.act.type !== "sign-up")
    return after(act, last.act);
  return merged(acts, last.act, act);
}

/** What an act decides on; of a help nothing that another one could decide otherwise. */
function subject(act: Act): string | null {
  switch (act.type) {
    case "help":
    case "check-in":
      return null;
    case "correction":
      return `help ${act.corrects}`;
    case "attendance":
      return `${act.activity} ${act.member}`;
    case "sign-up":
    case "activity":
      return `${act.activity} ${act.type}`;
  }
}

async function unsentOn(acts: Unsent, about: string): Promise<StoredAct[]> {
  const index = acts.index("state");
  const rows = [...(await index.getAll("draft")), ...(await index.getAll("waiting"))];
  return rows
    .filter(({ id, act }) => subject(act) === about || `help ${id}` === about)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

function after<Kind extends Act>(act: Kind, last: Act): Kind {
  const least = Date.parse(last.at) + 1;
  const at = Date.parse(act.at) < least ? new Date(least).toISOString() : act.at;
  if (act.id > last.id) return { ...act, at };
  goOnFrom(last.id);
  return { ...act, at, id: uuid7() };
}

/** The first answer has not gone: the second takes its place, or takes it back. */
async function merged(acts: Unsent, first: SignUpAct, then: SignUpAct): Promise<Act | null> {
  if (first.answer === "sign-up" && then.answer === "confirm") return after(then, first);
  await acts.delete(first.id);
  const said = new Set([first.answer, then.answer]);
  return said.has("sign-up") && said.has("cancel") ? null : after(then, first);
}
