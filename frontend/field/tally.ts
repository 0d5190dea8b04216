/** Counting a crowd: a tap is a new person with a service; another service goes to the last one. */

import type { HelpAct } from "./contract";
import { newHelp, type Place } from "./helps";
import type { Tally } from "./model";
import { dayOf } from "./time";

/** The tally of this place today: the one that is kept, or a new one. */
export function tallyFor(kept: Tally | null, place: Place, now = Date.now()): Tally {
  const day = dayOf(now);
  const goesOn = kept?.day === day && kept.team === place.team && kept.activity === place.activity;
  return goesOn ? kept : { ...place, day, counts: {}, people: 0, last: null };
}

export interface Tapped {
  act: HelpAct;
  tally: Tally;
}

/** One tap. `another`: the person just counted is helped with this, too. */
export function tap(tally: Tally, service: string, another: boolean): Tapped | null {
  const first = another ? (tally.last?.first ?? null) : null;
  const place = { team: tally.team, activity: tally.activity };
  const act = newHelp([service], 1, { place, same: first });
  if (!act) return null;
  const services = first === null ? [service] : [...(tally.last?.services ?? []), service];
  const last = { first: first ?? act.id, act: act.id, services };
  const counts = { ...tally.counts, [service]: (tally.counts[service] ?? 0) + 1 };
  return {
    act,
    tally: { ...tally, counts, people: tally.people + (first === null ? 1 : 0), last },
  };
}

/** As it was before the last tap. */
export function untap(tally: Tally): Tally {
  const { last } = tally;
  const service = last?.services.at(-1);
  if (!last || service === undefined) return tally;
  const counts = { ...tally.counts, [service]: Math.max((tally.counts[service] ?? 0) - 1, 0) };
  const wasFirst = last.services.length === 1;
  return { ...tally, counts, people: tally.people - (wasFirst ? 1 : 0), last: null };
}
