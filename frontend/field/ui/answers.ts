/** "I am coming": the answers to a sortie that make sense now. */

import { html, nothing, type TemplateResult } from "lit";

import { changeSortie, clashes } from "../bundle";
import type { Mine, SignUpAnswer, Sortie } from "../contract";
import { uuid7 } from "../ids";
import { phone } from "../phone";
import { t } from "../texts";
import { icons } from "./icons";
import { when } from "./words";

const BECOMES: Record<SignUpAnswer, Mine> = {
  "sign-up": "signed-up",
  confirm: "confirmed",
  cancel: "cancelled",
};

export async function answer(sortie: Sortie, said: SignUpAnswer, anyway = false): Promise<void> {
  const { db } = phone;
  if (!db) return;
  const isFull = sortie.seats !== null && sortie.taken >= sortie.seats;
  const mine = said === "sign-up" && isFull ? "waiting" : BECOMES[said];
  await changeSortie(db, sortie.id, (one) => ({ ...one, mine }));
  const at = new Date().toISOString();
  const act = { type: "sign-up" as const, id: uuid7(), at, activity: sortie.id, answer: said };
  await phone.saveNow([{ ...act, ...(anyway && { anyway }) }]);
  phone.say(t.mine[mine]);
}

/** The server had another sortie at that time, and she knows: in the place of what came back. */
export async function signUpAnyway(activity: string, instead: string): Promise<void> {
  const { db } = phone;
  if (!db) return;
  await changeSortie(db, activity, (one) => ({ ...one, mine: "signed-up" }));
  const at = new Date().toISOString();
  const act = { type: "sign-up" as const, id: uuid7(), at, activity, answer: "sign-up" as const };
  await phone.saveNow([{ ...act, anyway: true }], { instead });
  phone.say(t.signUp.sent);
}

export function answerButtons(sortie: Sortie): TemplateResult | typeof nothing {
  const { mine } = sortie;
  if (
    sortie.state === "cancelled" ||
    sortie.state === "closed" ||
    mine === "left" ||
    mine === "no-show"
  )
    return nothing;
  if (mine === "present") return html`<p class="mine is-in">${icons.check}${t.mine.present}</p>`;
  if (mine === null || mine === "cancelled") return offer(sortie);
  return html`<div class="answers">
    <p class="mine ${mine === "waiting" ? "" : "is-in"}">${icons.check}${t.mine[mine]}</p>
    ${mine === "signed-up" ? button(sortie, "confirm", t.signUp.confirm, "main") : nothing}
    ${button(sortie, "cancel", t.signUp.cancel, "soft")}
  </div>`;
}

function offer(sortie: Sortie): TemplateResult {
  const isFull = sortie.seats !== null && sortie.taken >= sortie.seats;
  const { hard, soft } = clashes(phone.bundle, sortie);
  const usual = isFull ? t.signUp.queue : t.signUp.join;
  const hasBegun = Date.parse(sortie.starts_at) <= Date.now();
  return html`<div class="answers">
    ${sortie.mine === "cancelled" ? html`<p class="mine">${t.mine.cancelled}</p>` : nothing}
    ${
      hasBegun
        ? html`<p class="quiet">${t.signUp.begun}</p>`
        : html`${hard.map((one) => clash(t.signUp.hard, one))}
          ${soft.map((one) => clash(t.signUp.soft, one))}
          ${button(sortie, "sign-up", hard.length > 0 ? t.signUp.anyway : usual, "main", hard.length > 0)}`
    }
  </div>`;
}

function clash(words: (name: string, at: string) => string, other: Sortie): TemplateResult {
  return html`<p class="clash">${icons.clock}<span>${words(other.name, when(other))}</span></p>`;
}

function button(
  sortie: Sortie,
  said: SignUpAnswer,
  words: string,
  kind: string,
  anyway = false,
): TemplateResult {
  return html`<button
    type="button"
    class="answer is-${kind}"
    @click=${() => void answer(sortie, said, anyway)}
  >
    ${words}
  </button>`;
}
