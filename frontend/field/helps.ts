/** New helps: everything filled in that the phone can know. */

import { running, teamOf } from "./bundle";
import type { HelpAct, Point } from "./contract";
import { uuid7 } from "./ids";
import type { Bundle } from "./model";
import { phone } from "./phone";

export interface Place {
  team: string;
  activity: string | null;
}

/** The sortie that is running, else everyday help of the first team; null without a team. */
export function placeNow(bundle: Bundle = phone.bundle): Place | null {
  const now = running(bundle);
  const mine = new Set(bundle.teams.map(({ id }) => id));
  const team = (now && teamOf(now, mine)) ?? bundle.teams[0]?.id;
  if (now && team === undefined) return { team: now.lead_team_id, activity: now.id };
  return team === undefined ? null : { team, activity: now?.id ?? null };
}

export interface More {
  place?: Place | null;
  same?: string | null; // the first help of the same people
  note?: string;
  point?: Point | null;
  id?: string;
  at?: string;
}

/** A help given now; null where there is no team to count it for. */
export function newHelp(services: string[], citizens: number, more: More = {}): HelpAct | null {
  const place = more.place ?? placeNow();
  if (!place) return null;
  const same = more.same ?? null;
  return {
    type: "help",
    id: more.id ?? uuid7(),
    at: more.at ?? new Date().toISOString(),
    ...place,
    services,
    citizens,
    same_people: same !== null,
    same_people_as: same,
    helped: "citizens",
    note: (more.note ?? "").trim(),
    point: more.point ?? null,
  };
}

/** About a kilometre: nothing finer is ever kept. */
export function coarse(lat: number, lon: number): Point {
  return [Math.round(lat * 100) / 100, Math.round(lon * 100) / 100];
}
