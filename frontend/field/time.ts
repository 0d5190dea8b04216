/** Days and hours as they are in the province, wherever the phone thinks it is. */

import { language } from "./texts";

const ZONE = "Asia/Ho_Chi_Minh";
const DAY_MS = 24 * 3600 * 1000;

function shown(options: Intl.DateTimeFormatOptions, at: Date | number | string): string {
  const locale = language() === "vi" ? "vi-VN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(new Date(at));
}

/** 2026-11-28: what a day is called between machines. */
export function dayOf(at: Date | number | string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(new Date(at));
}

export function hour(at: Date | number | string): string {
  return shown({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, at);
}

/** 07:30–10:30 */
export function hours(from: string, to: string): string {
  return `${hour(from)}–${hour(to)}`;
}

/** 25/03, in both languages; browsers write it with a dash in Vietnamese. */
function dayMonth(at: Date | number | string): string {
  const [, month, day] = dayOf(at).split("-");
  return `${day ?? ""}/${month ?? ""}`;
}

/** Thứ Bảy 25/03 */
export function day(at: Date | number | string): string {
  const weekday = shown({ weekday: "long" }, at);
  return `${weekday} ${dayMonth(at)}`;
}

export type Nearness = "today" | "tomorrow" | "later";

export function nearness(at: string, now = Date.now()): Nearness {
  if (dayOf(at) === dayOf(now)) return "today";
  return dayOf(at) === dayOf(now + DAY_MS) ? "tomorrow" : "later";
}

/** 25/03, 14:02 */
export function moment(at: Date | number | string): string {
  return `${dayMonth(at)}, ${hour(at)}`;
}
