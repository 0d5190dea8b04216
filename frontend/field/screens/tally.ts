/** The tally for crowded moments: big counters, each tap an act of its own. */

import { html, nothing, type TemplateResult } from "lit";

import { placeNow } from "../helps";
import type { Tally } from "../model";
import { undo } from "../outbox";
import { phone } from "../phone";
import { Screen } from "../screen";
import { tallyFor, tap, untap } from "../tally";
import { t } from "../texts";
import { serviceNames, sortieOf, teamName } from "../ui/words";

class TallyScreen extends Screen {
  #tally: Tally | null = null;
  #shown: Tally | null = null; // what is kept: a number on the screen is never lost
  #another = false;
  #saving: Promise<void> = Promise.resolve();

  protected override async load(): Promise<void> {
    const place = placeNow();
    const row = await phone.db?.get("kept", "tally");
    if (place) this.#tally = this.#shown = tallyFor(row?.key === "tally" ? row : null, place);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const tally = this.#shown;
    if (!tally) return html`<p class="card quiet">${t.log.noTeam}</p>`;
    const where = [sortieOf(tally.activity)?.name ?? t.log.everyday, teamName(tally.team)];
    return html`
      <p class="quiet">${where.filter(Boolean).join(" · ")}</p>
      <p class="quiet" id="tally-help">${this.#another ? t.tally.anotherHelp : t.tally.help}</p>
      <div class="tallies ${this.#another ? "is-another" : ""}">
        ${phone.bundle.services.map(({ code, name, short }) => this.#counter(code, short || name, tally))}
      </div>
      ${this.#foot(tally)}
    `;
  }

  #counter(code: string, name: string, tally: Tally): TemplateResult {
    const number = tally.counts[code] ?? 0;
    const given = this.#another && (tally.last?.services.includes(code) ?? false);
    return html`<button
      type="button"
      class="tally"
      ?disabled=${given}
      aria-label=${t.tally.count(name, number)}
      aria-describedby="tally-help"
      @click=${() => {
        this.#tap(code);
      }}
    >
      <b>${number}</b><span>${name}</span>
    </button>`;
  }

  #foot({ last, people }: Tally): TemplateResult {
    return html`<div class="foot tally-foot">
      <p role="status">
        <b>${t.tally.today(people)}</b>
        <span class="quiet"
          >${last ? t.tally.last(serviceNames(last.services)) : t.tally.none}</span
        >
      </p>
      ${
        last
          ? html`<button
                type="button"
                class="big-button soft"
                aria-pressed=${this.#another}
                @click=${this.#toggle}
              >
                ${this.#another ? t.tally.anotherCancel : t.tally.another}
              </button>
              ${phone.saved ? html`<button type="button" class="text-button" @click=${this.#undo}>${t.tally.undo}</button>` : nothing}`
          : nothing
      }
    </div>`;
  }

  readonly #toggle = (): void => {
    this.#another = !this.#another;
    this.requestUpdate();
  };

  /** Saved one after the other, each with the tally it led to, and shown when it is kept. */
  #tap(code: string): void {
    const tapped = this.#tally && tap(this.#tally, code, this.#another);
    if (!tapped) return;
    this.#tally = tapped.tally;
    this.#another = false;
    const text = t.log.saved(serviceNames([code]), 1);
    this.#saving = this.#saving.then(async () => {
      await phone.save([tapped.act], text, { tally: tapped.tally });
      this.#shown = tapped.tally;
      this.requestUpdate();
      if ("vibrate" in navigator) navigator.vibrate(15);
    });
    this.#saving = this.#saving.catch(() => {
      this.#tally = this.#shown; // the phone is full: nothing is counted that is not kept
      phone.say(t.log.noSpace);
    });
  }

  readonly #undo = async (): Promise<void> => {
    await this.#saving;
    const { db, saved } = phone;
    if (!db || !saved || !this.#tally) return;
    const before = untap(this.#tally);
    const all = await undo(db, saved.ids, before);
    if (all) this.#tally = this.#shown = before;
    phone.saved = null;
    await phone.look();
    phone.say(all ? t.log.undone : t.log.tooLate);
  };
}

customElements.define("sh-tally", TallyScreen);
