/** Which screen is shown at which address, what it is called and where its way back leads. */

import { html, type TemplateResult } from "lit";

import "../ui/export";
import "../ui/net";
import "../ui/saved";
import "./act";
import "./check-in";
import "./ended";
import "./home";
import "./leading";
import "./log";
import "./messages";
import "./outbox";
import "./services";
import "./settings";
import "./sign-in";
import "./sortie";
import "./tally";
import "./who";

import { phone } from "../phone";
import type { Route } from "../router";
import { t } from "../texts";

export interface Shown {
  title(): string;
  back(route: Route): string | null;
  element(args: string[]): TemplateResult;
}

const toHome = (): string => "";

const SCREENS: Record<string, Shown> = {
  home: {
    title: () => t.brand,
    back: () => null,
    element: () => html`<sh-home></sh-home>`,
  },
  log: {
    title: () => t.log.title,
    back: ({ args: [mode, id] }) =>
      mode === "edit" || mode === "correct" ? `act/${id ?? ""}` : "",
    element: (args) => html`<sh-log .args=${args}></sh-log>`,
  },
  tally: { title: () => t.tally.title, back: toHome, element: () => html`<sh-tally></sh-tally>` },
  outbox: {
    title: () => t.outbox.title,
    back: toHome,
    element: (args) => html`<sh-outbox .args=${args}></sh-outbox>`,
  },
  act: {
    title: () => t.act.title,
    back: () => "outbox",
    element: (args) => html`<sh-act .args=${args}></sh-act>`,
  },
  sorties: {
    title: () => t.sortie.list,
    back: toHome,
    element: () => html`<sh-sorties></sh-sorties>`,
  },
  sortie: {
    title: () => t.sortie.list,
    back: toHome,
    element: (args) => html`<sh-sortie .args=${args}></sh-sortie>`,
  },
  "check-in": {
    title: () => t.checkIn.title,
    back: ({ args: [id] }) => `sortie/${id ?? ""}`,
    element: (args) => html`<sh-check-in .args=${args}></sh-check-in>`,
  },
  lead: {
    title: () => t.checkIn.codeTitle,
    back: ({ args: [id] }) => `sortie/${id ?? ""}`,
    element: (args) => html`<sh-lead .args=${args}></sh-lead>`,
  },
  services: {
    title: () => t.services.title,
    back: toHome,
    element: (args) => html`<sh-services .args=${args}></sh-services>`,
  },
  settings: {
    title: () => t.settings.title,
    back: toHome,
    element: () => html`<sh-settings></sh-settings>`,
  },
  messages: {
    title: () => t.messages.title,
    back: toHome,
    element: () => html`<sh-messages></sh-messages>`,
  },
  "signed-out": {
    title: () => t.ended.title,
    back: () => null,
    element: () => html`<sh-ended></sh-ended>`,
  },
  "sign-out": {
    title: () => t.signOut.title,
    back: () => "settings",
    element: () => html`<sh-sign-out></sh-sign-out>`,
  },
  "sign-in": {
    title: () => t.signIn.title,
    back: () => (phone.people.length > 0 ? "who" : null),
    element: (args) => html`<sh-sign-in .args=${args}></sh-sign-in>`,
  },
  who: {
    title: () => t.who.title,
    back: () => (phone.person ? "settings" : null),
    element: () => html`<sh-who></sh-who>`,
  },
};

const MISSING: Shown = {
  title: () => t.brand,
  back: toHome,
  element: () => html`<p class="card"><a href="#/">${t.missing}</a></p>`,
};

const OUTSIDE = new Set(["sign-in", "who"]);

/** Without a person there is only the way in. */
export function screenOf({ name }: Route): Shown {
  const isOver = name === "signed-out" && phone.ended !== null;
  const open = phone.person !== null ? name !== "signed-out" : OUTSIDE.has(name) || isOver;
  const shown = open ? name : phone.person ? "home" : phone.people.length > 0 ? "who" : "sign-in";
  return SCREENS[shown] ?? MISSING;
}
