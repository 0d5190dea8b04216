/** Acts, services and sorties in words. */

import type { Act, ActivityAct, AttendanceAct, Service, Sortie } from "../contract";
import { phone } from "../phone";
import { t } from "../texts";
import { day, hours, nearness } from "../time";

export function service(code: string): Service | undefined {
  return phone.bundle.services.find((one) => one.code === code);
}

export function shortName(code: string): string {
  const known = service(code);
  return known ? known.short || known.name : code;
}

export function serviceNames(codes: readonly string[]): string {
  return codes.map(shortName).join(", ");
}

export function when(sortie: Sortie): string {
  const near = nearness(sortie.starts_at);
  const on =
    near === "today" ? t.home.today : near === "tomorrow" ? t.home.tomorrow : day(sortie.starts_at);
  return `${on} · ${hours(sortie.starts_at, sortie.ends_at)}`;
}

export function teamName(id: string): string {
  return phone.bundle.teams.find((team) => team.id === id)?.name ?? "";
}

export function sortieOf(id: string | null): Sortie | undefined {
  return phone.bundle.sorties.find((one) => one.id === id);
}

/** The line that says what an act is. */
export function actLine(act: Act): string {
  switch (act.type) {
    case "help":
      return `${serviceNames(act.services)} · ${t.people(act.citizens)}`;
    case "correction":
      return act.citizens === 0
        ? t.act.withdrawn
        : `${serviceNames(act.services)} · ${t.people(act.citizens)}`;
    case "attendance":
      return `${memberName(act.activity, act.member)} · ${attendanceWord(act)}`;
    case "check-in":
      return sortieOf(act.activity)?.name ?? act.code;
    case "sign-up":
      return `${sortieOf(act.activity)?.name ?? ""} · ${answerWord(act.answer)}`;
    case "activity":
      return `${sortieOf(act.activity)?.name ?? ""} · ${moveWord(act)}`;
  }
}

export function attendanceWord({ present, left }: AttendanceAct): string {
  if (!present) return t.act.absent;
  return left ? t.act.left : t.act.present;
}

export function moveWord({ to }: ActivityAct): string {
  return to === "running" ? t.sortie.starts : t.sortie.closes;
}

export function answerWord(answer: "sign-up" | "confirm" | "cancel"): string {
  if (answer === "cancel") return t.signUp.cancel;
  return answer === "confirm" ? t.signUp.confirm : t.signUp.join;
}

export function memberName(activity: string, member: string): string {
  const participants = sortieOf(activity)?.participants ?? [];
  const named = participants.find(({ member_id }) => member_id === member);
  const members = phone.bundle.teams.flatMap((team) => team.members ?? []);
  return named?.name ?? members.find(({ id }) => id === member)?.name ?? "";
}
