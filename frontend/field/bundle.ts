/** What the phone takes along: sorties, teams, services, returned acts. */

import { bundle as askBundle } from "./api";
import type { BundleOut, Mine, Sections, Sortie } from "./contract";
import type { PersonDb } from "./db";
import { uuid7 } from "./ids";
import type { Bundle } from "./model";
import { takeReturned } from "./outbox";
import type { Outcome } from "./send";

const BEFORE_MS = 60 * 60 * 1000; // people come early, and stay on
const AFTER_MS = 2 * 60 * 60 * 1000;
const COMING: ReadonlySet<Mine | null> = new Set<Mine>(["signed-up", "confirmed", "present"]);

export const EMPTY: Bundle = {
  versions: {},
  fetched_at: 0,
  me: { user_id: 0, full_name: "", device_id: null, newcomer: false, teams: [] },
  teams: [],
  sorties: [],
  services: [],
  returned: [],
};

export async function read(db: PersonDb): Promise<Bundle> {
  const row = await db.get("kept", "bundle");
  return row?.key === "bundle" ? row : EMPTY;
}

/** Bring what changed. What was done here while the server was asked is not overwritten. */
export async function refresh(db: PersonDb, token: string): Promise<Outcome> {
  const { versions } = await read(db);
  const known = Object.entries(versions).map(([name, version]) => `${name}:${version}`);
  const answer = await askBundle(known.join(","), token);
  if (answer.kind !== "ok" && answer.kind !== "unchanged") return answer.kind;
  const tx = db.transaction("kept", "readwrite");
  const row = await tx.store.get("bundle");
  const now = row?.key === "bundle" ? row : EMPTY;
  const came = answer.kind === "ok" ? since(versions, now, answer.body) : NOTHING;
  const merged = merge(now, came);
  void tx.store.put({ ...merged, key: "bundle" });
  await tx.done;
  await takeReturned(db, merged.returned);
  return "done";
}

const NOTHING: BundleOut = { server_time: "", sections: {} };

/** Without sorties that somebody answered or led meanwhile: they are asked for again. */
function since(asked: Bundle["versions"], now: Bundle, came: BundleOut): BundleOut {
  const { sorties, ...others } = came.sections;
  const isSame = (asked["sorties"] ?? "") === (now.versions["sorties"] ?? "");
  return isSame || !sorties ? came : { ...came, sections: others };
}

/** The sections that came in place of those that were here. */
export function merge(have: Bundle, { sections }: BundleOut): Bundle {
  const versions = { ...have.versions };
  const data: Partial<Sections> = {};
  for (const [name, section] of Object.entries(sections)) {
    versions[name] = section.version;
    Object.assign(data, { [name]: section.data });
  }
  return { ...have, ...data, versions, fetched_at: Date.now() };
}

/** Show at once what was done here; the server's own word replaces it with the next bundle. */
export async function changeSortie(
  db: PersonDb,
  id: string,
  change: (sortie: Sortie) => Sortie,
): Promise<Bundle> {
  const tx = db.transaction("kept", "readwrite");
  const row = await tx.store.get("bundle");
  const bundle = row?.key === "bundle" ? row : EMPTY;
  const sorties = bundle.sorties.map((one) => (one.id === id ? change(one) : one));
  // No version that the server knows, nor one that was asked for before.
  const versions = { ...bundle.versions, sorties: `here-${uuid7()}` };
  const changed = { ...bundle, sorties, versions };
  void tx.store.put({ ...changed, key: "bundle" });
  await tx.done;
  return changed;
}

function isOpen({ state }: Sortie): boolean {
  return state !== "cancelled" && state !== "closed";
}

/** The sortie that somebody stands in now, if any: hers before her team's. */
export function running({ sorties, teams }: Bundle, now = Date.now()): Sortie | null {
  const mine = new Set(teams.map(({ id }) => id));
  const open = sorties.filter(
    (one) =>
      isOpen(one) &&
      Date.parse(one.starts_at) - BEFORE_MS <= now &&
      now <= Date.parse(one.ends_at) + AFTER_MS &&
      (COMING.has(one.mine) || teamOf(one, mine) !== null),
  );
  const near = (one: Sortie): number =>
    (one.mine === "present" ? 0 : COMING.has(one.mine) ? 1 : 2) * 1e13 +
    Math.abs(Date.parse(one.starts_at) - now);
  return open.sort((one, other) => near(one) - near(other))[0] ?? null;
}

/** Which of my teams goes there: the one that leads before one that joined. */
export function teamOf(sortie: Sortie, mine: ReadonlySet<string>): string | null {
  return [sortie.lead_team_id, ...sortie.team_ids].find((id) => mine.has(id)) ?? null;
}

/** Sorties that are not over, the nearest first. */
export function coming({ sorties }: Bundle, now = Date.now()): Sortie[] {
  return sorties
    .filter((one) => isOpen(one) && now <= Date.parse(one.ends_at))
    .sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at));
}

const NEAR_MS = 60 * 60 * 1000;

export interface Clashes {
  hard: Sortie[]; // at the same time
  soft: Sortie[]; // less than an hour between them
}

/** Her other sorties that overlap this one, or nearly: the server's rule, without a network. */
export function clashes({ sorties }: Bundle, sortie: Sortie): Clashes {
  const gap = (one: Sortie): number =>
    Math.max(
      Date.parse(one.starts_at) - Date.parse(sortie.ends_at),
      Date.parse(sortie.starts_at) - Date.parse(one.ends_at),
    );
  const hers = sorties.filter(
    (one) =>
      one.id !== sortie.id &&
      one.state !== "cancelled" &&
      (isComing(one) || one.mine === "waiting"),
  );
  return {
    hard: hers.filter((one) => gap(one) < 0),
    soft: hers.filter((one) => gap(one) >= 0 && gap(one) < NEAR_MS),
  };
}

export function isComing(sortie: Sortie): boolean {
  return COMING.has(sortie.mine);
}
