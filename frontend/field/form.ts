/** What somebody fills in to record or to correct a help, and the acts it becomes. */

import type { Act, HelpAct, Point } from "./contract";
import { isWithServer } from "./changing";
import { newHelp, placeNow, type Place } from "./helps";
import { uuid7 } from "./ids";
import type { StoredAct, StoredPhoto } from "./model";
import { hasPersonalNumber } from "./privacy";

/**
 * new: a help; same: another service for people who are counted; edit: a draft, or what the
 * server returned before it recorded anything; correct: what the server has.
 */
export type Mode = "new" | "same" | "edit" | "correct";

export interface Form {
  mode: Mode;
  id: string; // of the act that is being made
  at: string;
  about: string; // same: the first help of these people; correct: the help to correct
  services: Set<string>;
  citizens: number;
  note: string;
  reason: string;
  point: Point | null;
  place: Place | null;
  same: string | null;
  photos: StoredPhoto[];
  instead: string | null; // a correction that the server would not take: this one follows it
}

export const MOST_CITIZENS = 500;

export function emptyForm(): Form {
  return {
    mode: "new",
    id: uuid7(),
    at: "",
    about: "",
    services: new Set(),
    citizens: 1,
    note: "",
    reason: "",
    point: null,
    place: placeNow(),
    same: null,
    photos: [],
    instead: null,
  };
}

/** Another service for the people of a help. */
export function sameForm(row: StoredAct | undefined): Form {
  const form = emptyForm();
  if (row?.act.type !== "help") return form;
  const { citizens, team, activity, id, same_people_as } = row.act;
  const same = same_people_as ?? id;
  return { ...form, mode: "same", about: same, same, citizens, place: { team, activity } };
}

export function editForm(row: StoredAct): Form {
  if (row.act.type !== "help") return correctForm(row);
  const { id, at, services, citizens, note, point, team, activity, same_people_as } = row.act;
  const form = { ...emptyForm(), mode: "edit" as const, id, at, citizens, note, point };
  return { ...form, services: new Set(services), place: { team, activity }, same: same_people_as };
}

/** What the server has is never changed: a correction follows it. */
export function correctForm(row: StoredAct): Form {
  const form = emptyForm();
  const { act } = row;
  if (act.type !== "help" && act.type !== "correction") return form;
  const { services, citizens, note } = act;
  const place = act.type === "help" ? { team: act.team, activity: act.activity } : form.place;
  const facts = { services: new Set(services), citizens: Math.max(citizens, 1), note, place };
  // A correction that the server would not take is nothing to follow: the next one follows the help.
  const isBack = act.type === "correction" && !isWithServer(row);
  const [about, instead] = isBack ? [act.corrects, act.id] : [act.id, null];
  return { ...form, ...facts, mode: "correct", about, instead };
}

/** What was typed, as a correction: the act itself has gone meanwhile. */
export function asCorrection(form: Form): Form {
  return { ...form, mode: "correct", about: form.id, id: uuid7() };
}

export type Mistake = "services" | "note" | "reason" | "team";

export function mistakes(form: Form): Set<Mistake> {
  const found = new Set<Mistake>();
  if (form.services.size === 0) found.add("services");
  if (hasPersonalNumber(form.note)) found.add("note");
  if (hasPersonalNumber(form.reason)) found.add("reason");
  if (form.mode !== "correct" && !form.place) found.add("team");
  return found;
}

/** The act that a form without mistakes becomes. */
export function actOf(form: Form, reasonElse: string): Act | null {
  const services = [...form.services];
  if (form.mode === "correct")
    return correction(form, services, form.citizens, form.reason.trim() || reasonElse);
  return helpOf(form, services);
}

function helpOf(form: Form, services: string[]): HelpAct | null {
  const { id, citizens, note, point, place, same } = form;
  const at = form.at || new Date().toISOString();
  return newHelp(services, citizens, { id, at, note, point, place, same });
}

/** A correction that takes the help away altogether. */
export function withdrawal(form: Form, reasonElse: string): Act {
  return correction(form, [...form.services], 0, form.reason.trim() || reasonElse);
}

function correction(form: Form, services: string[], citizens: number, reason: string): Act {
  const at = new Date().toISOString();
  const note = form.note.trim();
  return {
    type: "correction",
    id: form.id,
    at,
    corrects: form.about,
    services,
    citizens,
    note,
    reason,
  };
}
