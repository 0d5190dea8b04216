/** What a leader does at a sortie: each shown at once, kept, and sent like every other act. */

import { changeSortie } from "./bundle";
import type { ActivityAct, AttendanceAct, Mine, Participant, Sortie } from "./contract";
import { uuid7 } from "./ids";
import type { StoredAct } from "./model";
import { unsent } from "./outbox";
import { phone } from "./phone";
import { dayOf } from "./time";

/** Where a leader sees somebody: not here (yet), here, or gone home. */
export type Place = "away" | "here" | "left";

const STATES: Record<Place, Mine> = { away: "signed-up", here: "present", left: "left" };
const OUT: ReadonlySet<Mine> = new Set<Mine>(["cancelled", "waiting"]);

export interface Lists {
  expected: Participant[];
  here: Participant[];
  left: Participant[];
  others: Participant[]; // of the teams, not in the list
}

export function listsOf(sortie: Sortie): Lists {
  const known = (sortie.participants ?? []).filter(({ state }) => !OUT.has(state));
  const named = new Set(known.map(({ member_id }) => member_id));
  return {
    expected: known.filter(({ state }) => state !== "present" && state !== "left"),
    here: known.filter(({ state }) => state === "present"),
    left: known.filter(({ state }) => state === "left"),
    others: teammates(sortie).filter(({ member_id }) => !named.has(member_id)),
  };
}

function teammates({ lead_team_id, team_ids }: Sortie): Participant[] {
  return phone.bundle.teams
    .filter(({ id }) => id === lead_team_id || team_ids.includes(id))
    .flatMap(({ id, members = [] }) =>
      members.map((one): Participant => ({
        member_id: one.id,
        name: one.name,
        team_id: id,
        state: "no-show",
      })),
    );
}

/** From its day on, as the server has it. */
export function mayStart({ state, starts_at }: Sortie, now = Date.now()): boolean {
  return state === "planned" && dayOf(starts_at) <= dayOf(now);
}

export async function mark(sortie: Sortie, one: Participant, to: Place): Promise<void> {
  if (!phone.db) return;
  await changeSortie(phone.db, sortie.id, (known) => withState(known, one, STATES[to]));
  const act: AttendanceAct = {
    type: "attendance",
    id: uuid7(),
    at: new Date().toISOString(),
    activity: sortie.id,
    member: one.member_id,
    present: to !== "away",
    ...(to === "left" && { left: true }),
  };
  await phone.saveNow([act]);
}

function withState(sortie: Sortie, one: Participant, state: Mine): Sortie {
  const known = sortie.participants ?? [];
  const isKnown = known.some(({ member_id }) => member_id === one.member_id);
  const participants = isKnown
    ? known.map((each) => (each.member_id === one.member_id ? { ...each, state } : each))
    : [...known, { ...one, state }];
  return { ...sortie, participants };
}

export async function move(sortie: Sortie, to: ActivityAct["to"]): Promise<void> {
  if (!phone.db) return;
  await changeSortie(phone.db, sortie.id, (known) => ({
    ...known,
    state: to,
    ...(to === "closed" && { participants: (known.participants ?? []).map(missed) }),
  }));
  const at = new Date().toISOString();
  await phone.saveNow([{ type: "activity", id: uuid7(), at, activity: sortie.id, to }]);
}

/** Who signed up and did not come. */
function missed(one: Participant): Participant {
  const came = one.state !== "signed-up" && one.state !== "confirmed";
  return came ? one : { ...one, state: "no-show" };
}

/** What was done at a sortie and has not gone: members by their id, the sortie by its own. */
export async function waitingAt(activity: string): Promise<Set<string>> {
  const rows = phone.db ? await unsent(phone.db) : [];
  return new Set(rows.flatMap((row) => about(row, activity)));
}

function about({ act }: StoredAct, activity: string): string[] {
  if (act.type === "attendance" && act.activity === activity) return [act.member];
  return act.type === "activity" && act.activity === activity ? [activity] : [];
}
