/** For who may lead a sortie: start and end it, and who should be here, is here, has left. */

import { html, nothing, type TemplateResult } from "lit";

import type { Participant, Sortie } from "../contract";
import { listsOf, mark, mayStart, move, type Lists, type Place, waitingAt } from "../leading";
import { phone } from "../phone";
import { Screen } from "../screen";
import { t } from "../texts";
import { icons } from "../ui/icons";
import { sortieOf } from "../ui/words";

class Leading extends Screen {
  #asks = false; // whether to end it
  #waits: ReadonlySet<string> = new Set();
  #known = "";

  protected override async load(): Promise<void> {
    const known = JSON.stringify(phone.counts);
    if (known === this.#known) return;
    this.#known = known;
    this.#waits = await waitingAt(this.args[0] ?? "");
    this.requestUpdate();
  }

  protected override updated(): void {
    void this.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    const sortie = sortieOf(this.args[0] ?? null);
    if (!sortie) return nothing;
    const lists = listsOf(sortie);
    return html`${this.#state(sortie, lists)} ${this.#lists(sortie, lists)}`;
  }

  #state(sortie: Sortie, lists: Lists): TemplateResult | typeof nothing {
    if (this.#asks && sortie.state === "running") return this.#ask(sortie, lists);
    if (mayStart(sortie))
      return html`<button
        type="button"
        class="big-button"
        @click=${() => void this.#move(sortie, "running")}
      >
        ${t.sortie.begin}
      </button>`;
    if (sortie.state === "running")
      return html`<p class="state-line">
          <span class="tag is-in">${t.sortie.running}</span>${this.#unsent(sortie.id)}
        </p>
        <button type="button" class="big-button soft" @click=${this.#askFirst}>
          ${t.sortie.end}
        </button>`;
    if (sortie.state !== "closed") return nothing;
    return html`<p class="quiet">${t.sortie.endedHelp} ${this.#unsent(sortie.id)}</p>`;
  }

  #ask(sortie: Sortie, { expected, here, left }: Lists): TemplateResult {
    const came = here.length + left.length;
    const words = came === 0 ? t.sortie.endAskNobody : t.sortie.endAsk(came, expected.length);
    return html`<div class="card asks" role="group" aria-label=${t.sortie.end}>
      <p>${words}</p>
      <div class="answers">
        <button
          type="button"
          class="answer is-main"
          @click=${() => void this.#move(sortie, "closed")}
        >
          ${t.sortie.endYes}
        </button>
        <button type="button" class="answer is-soft" @click=${this.#askFirst}>
          ${t.sortie.endNo}
        </button>
      </div>
    </div>`;
  }

  readonly #askFirst = (): void => {
    this.#asks = !this.#asks;
    this.requestUpdate();
  };

  async #move(sortie: Sortie, to: "running" | "closed"): Promise<void> {
    this.#asks = false;
    await move(sortie, to);
    phone.say(to === "running" ? t.sortie.begun : t.sortie.ended);
  }

  #lists(sortie: Sortie, { expected, here, left, others }: Lists): TemplateResult {
    const isOver = sortie.state === "closed";
    const away = isOver ? t.sortie.missed : t.sortie.expected;
    const some = (name: string, people: Participant[]): TemplateResult | typeof nothing =>
      people.length > 0 ? this.#list(sortie, name, people, "") : nothing;
    return html`
      ${isOver ? some(away, expected) : this.#list(sortie, away, expected, t.sortie.nobodyExpected)}
      ${this.#list(sortie, isOver ? t.act.present : t.sortie.here, here, t.sortie.nobodyHere)}
      ${some(t.sortie.left, left)}
      ${
        others.length > 0 && !isOver
          ? html`<details class="card">
              <summary>${t.sortie.others} (${others.length})</summary>
              ${this.#people(sortie, others)}
            </details>`
          : nothing
      }
    `;
  }

  #list(sortie: Sortie, name: string, people: Participant[], none: string): TemplateResult {
    return html`<section class="card">
      <h2>${name} (${people.length})</h2>
      ${people.length === 0 ? html`<p class="quiet">${none}</p>` : this.#people(sortie, people)}
    </section>`;
  }

  #people(sortie: Sortie, people: Participant[]): TemplateResult {
    return html`<ul class="ticks">
      ${people.map(
        (one) =>
          html`<li>
            <span>${one.name} ${this.#unsent(one.member_id)}</span>
            ${sortie.state === "closed" ? nothing : ways(sortie, one)}
          </li>`,
      )}
    </ul>`;
  }

  #unsent(id: string): TemplateResult | typeof nothing {
    return this.#waits.has(id) ? html`<small class="unsent">${t.sortie.unsent}</small>` : nothing;
  }
}

/** Here or not, by one tick; who is here may leave, who has left may come back. */
function ways(sortie: Sortie, one: Participant): TemplateResult {
  const { name, state } = one;
  const to = (place: Place, words: string, label: string): TemplateResult =>
    html`<button
      type="button"
      class="small-button"
      aria-label=${label}
      @click=${() => void mark(sortie, one, place)}
    >
      ${words}
    </button>`;
  if (state === "left") return to("here", t.sortie.back, t.sortie.markBack(name));
  const isHere = state === "present";
  return html`${isHere ? to("left", t.sortie.left, t.sortie.markLeft(name)) : nothing}
    <button
      type="button"
      class="tick"
      aria-pressed=${isHere}
      aria-label=${isHere ? t.sortie.markAway(name) : t.sortie.markHere(name)}
      @click=${() => void mark(sortie, one, isHere ? "away" : "here")}
    >
      ${icons.check}
    </button>`;
}

customElements.define("sh-leading", Leading);
