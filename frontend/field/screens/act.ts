/** One act: what, when, where it is. A returned one opens on the reviewer's words. */

import { html, nothing, type TemplateResult } from "lit";

import { giveUp, isWithServer } from "../changing";
import { uuid7 } from "../ids";
import type { ActivityAct, CheckInAct, CorrectionAct, SignUpAct } from "../contract";
import type { StoredAct, StoredPhoto } from "../model";
import { undo } from "../outbox";
import { phone } from "../phone";
import { goInstead } from "../router";
import { Screen } from "../screen";
import { t } from "../texts";
import { moment } from "../time";
import { icons } from "../ui/icons";
import { signUpAnyway } from "../ui/answers";
import {
  answerWord,
  attendanceWord,
  memberName,
  moveWord,
  serviceNames,
  sortieOf,
  teamName,
} from "../ui/words";
import { remark } from "./outbox";

class ActScreen extends Screen {
  #row: StoredAct | undefined;
  #photos: StoredPhoto[] = [];
  #loaded = false;
  #known = "";

  protected override async load(): Promise<void> {
    const [id = ""] = this.args;
    const known = JSON.stringify(phone.counts);
    if (!phone.db || known === this.#known) return;
    this.#known = known;
    this.#row = await phone.db.get("acts", id);
    this.#photos = await phone.db.getAllFromIndex("photos", "act", id);
    this.#loaded = true;
    this.requestUpdate();
  }

  protected override updated(): void {
    void this.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    const row = this.#row;
    if (!row) return this.#loaded ? html`<p class="card quiet">${t.act.gone}</p>` : nothing;
    return html`
      ${row.state === "returned" || row.state === "given-up" ? words(row) : nothing}
      <div class="card">
        <h2>${t.outbox.types[row.act.type]}</h2>
        <dl class="facts-list">
          ${fact(t.act.state, html`<span class="state is-${row.state}">${t.states[row.state]}</span> ${row.state === "returned" || row.state === "given-up" ? nothing : remark(row)}`)}
          ${fact(t.act.at, moment(row.act.at))} ${facts(row)} ${this.#photoFact()}
        </dl>
      </div>
      ${this.#acts(row)}
    `;
  }

  #photoFact(): TemplateResult | typeof nothing {
    if (this.#photos.length === 0) return nothing;
    const said = this.#photos.map(({ state }) =>
      state === "sent" ? t.act.photoSent : t.act.photoWaiting,
    );
    return fact(t.act.photos, said.join(", "));
  }

  #acts(row: StoredAct): TemplateResult | typeof nothing {
    return html`${this.#again(row)} ${this.#remove(row)}
    ${row.state === "returned" ? this.#giveUp(row) : nothing}`;
  }

  /** What its owner can do so that it counts after all. */
  #again(row: StoredAct): TemplateResult | typeof nothing {
    const { act, state } = row;
    if (row.corrected_by && state !== "returned") return nothing;
    if (act.type === "help" || act.type === "correction") return edit(row);
    if (state !== "returned") return nothing;
    if (act.type === "check-in")
      return way(`check-in/${act.activity}`, t.act.checkInAgain, icons.check);
    const clashed = act.type === "sign-up" && row.code.startsWith("overlaps");
    return clashed ? this.#anyway(row, act.activity) : nothing;
  }

  #anyway(row: StoredAct, activity: string): TemplateResult {
    const sign = async (): Promise<void> => {
      await signUpAnyway(activity, row.id);
      goInstead("");
    };
    return html`<button type="button" class="big-button" @click=${() => void sign()}>
      ${icons.check}${t.signUp.anyway}
    </button>`;
  }

  #giveUp(row: StoredAct): TemplateResult {
    const give = async (): Promise<void> => {
      const asks = row.reviewed ? t.act.giveUpWithdraws : t.act.giveUpAsk;
      if (!phone.db || !confirm(asks)) return;
      await giveUp(phone.db, row.id, row.reviewed ? withdrawalOf(row) : null);
      await phone.look();
      phone.sendSoon();
      phone.say(t.act.gaveUp);
      goInstead("outbox/returned");
    };
    return html`<button type="button" class="text-button" @click=${() => void give()}>
      ${t.act.giveUp}
    </button>`;
  }

  /** Only a draft: what waits may be on the server already, its answer lost. */
  #remove(row: StoredAct): TemplateResult | typeof nothing {
    if (row.state !== "draft") return nothing;
    const remove = async (): Promise<void> => {
      if (!phone.db || !confirm(t.act.removeAsk)) return;
      await undo(phone.db, [row.id]);
      await phone.look();
      goInstead("outbox/draft");
    };
    return html`<button type="button" class="text-button is-wrong" @click=${remove}>
      ${icons.trash}${t.act.remove}
    </button>`;
  }
}

function edit(row: StoredAct): TemplateResult | typeof nothing {
  const { act, state } = row;
  const isHere = !isWithServer(row);
  if (state === "given-up" && act.type === "correction") return nothing;
  if (state === "draft" && act.type === "correction") return nothing;
  const mode = isHere && act.type === "help" ? "edit" : "correct";
  const isBack = state === "returned" || state === "given-up";
  const isUnfinished = state === "draft" && row.ready_at === null;
  const label = isBack ? t.act.edit : isUnfinished ? t.act.finish : t.act.correct;
  return way(`log/${mode}/${row.id}`, label, icons.edit, state === "returned" ? "" : "soft");
}

function way(address: string, words: string, icon: unknown, kind = ""): TemplateResult {
  return html`<a class="big-button ${kind}" href="#/${address}">${icon}${words}</a>`;
}

/** It is off the reviewer's table on every phone of its owner. */
function withdrawalOf({ act }: StoredAct): CorrectionAct | null {
  if (act.type !== "help" && act.type !== "correction") return null;
  const at = new Date().toISOString();
  const facts = { services: act.services, citizens: 0, note: "", reason: t.act.giveUpReason };
  return { type: "correction", id: uuid7(), at, corrects: act.id, ...facts };
}

function words(row: StoredAct): TemplateResult {
  const head = row.reviewed ? row.by_name || t.act.back : t.act.server;
  return html`<blockquote class="card asks">
    <b>${head}</b>
    <p class="said">“${row.words || row.code}”</p>
  </blockquote>`;
}

function fact(name: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function said(act: CheckInAct | SignUpAct | ActivityAct): TemplateResult | typeof nothing {
  if (act.type === "check-in") return nothing;
  return act.type === "activity"
    ? fact(t.act.services, moveWord(act))
    : fact(t.act.said, answerWord(act.answer));
}

function facts({ act }: StoredAct): TemplateResult | typeof nothing {
  if (act.type === "attendance")
    return fact(memberName(act.activity, act.member), attendanceWord(act));
  if (act.type === "check-in" || act.type === "sign-up" || act.type === "activity")
    return html`${said(act)} ${fact(t.act.where, sortieOf(act.activity)?.name ?? "")}`;
  const where =
    act.type === "help" ? [sortieOf(act.activity)?.name ?? t.log.everyday, teamName(act.team)] : [];
  return html`
    ${act.services.length > 0 ? fact(t.act.services, serviceNames(act.services)) : nothing}
    ${act.citizens > 0 ? fact(t.act.citizens, act.citizens) : fact(t.act.withdrawn, "✓")}
    ${act.type === "help" && act.same_people ? fact(t.act.samePeople, "✓") : nothing}
    ${act.note ? fact(t.act.note, act.note) : nothing}
    ${act.type === "correction" ? fact(t.log.reason, act.reason) : nothing}
    ${where.length > 0 ? fact(t.act.where, where.filter(Boolean).join(" · ")) : nothing}
  `;
}

customElements.define("sh-act", ActScreen);
