/** "I am coming": the answers to a sortie that make sense now. */

import { html, nothing, type TemplateResult } from "lit";

import { changeSortie } from "../bundle";
import type { Mine, SignUpAnswer, Sortie } from "../contract";
import { uuid7 } from "../ids";
import { phone } from "../phone";
import { t } from "../texts";
import { icons } from "./icons";

const BECOMES: Record<SignUpAnswer, Mine> = {
  "sign-up": "signed-up",
  confirm: "confirmed",
  cancel: "cancelled",
};

export async function answer(sortie: Sortie, said: SignUpAnswer): Promise<void> {
  const { db } = phone;
  if (!db) return;
  const isFull = sortie.seats !== null && sortie.taken >= sortie.seats;
  const mine = said === "sign-up" && isFull ? "waiting" : BECOMES[said];
  await changeSortie(db, sortie.id, (one) => ({ ...one, mine }));
  const at = new Date().toISOString();
  await phone.saveNow([{ type: "sign-up", id: uuid7(), at, activity: sortie.id, answer: said }]);
  phone.say(t.mine[mine]);
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
  return html`<div class="answers">
    ${sortie.mine === "cancelled" ? html`<p class="mine">${t.mine.cancelled}</p>` : nothing}
    ${button(sortie, "sign-up", isFull ? t.signUp.queue : t.signUp.join, "main")}
  </div>`;
}

function button(sortie: Sortie, said: SignUpAnswer, words: string, kind: string): TemplateResult {
  return html`<button
    type="button"
    class="answer is-${kind}"
    @click=${() => void answer(sortie, said)}
  >
    ${words}
  </button>`;
}
