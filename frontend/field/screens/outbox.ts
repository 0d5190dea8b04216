/** Every act on this phone with its state; the newest first, a window at a time. */

import { html, nothing, type TemplateResult } from "lit";

import { type Counted, STATES, type StoredAct } from "../model";
import { page } from "../outbox";
import { phone } from "../phone";
import { Screen } from "../screen";
import { t } from "../texts";
import { moment } from "../time";
import { icons } from "../ui/icons";
import { actLine } from "../ui/words";

const WINDOW = 40;

class Outbox extends Screen {
  #rows: StoredAct[] = [];
  #limit = WINDOW;
  #givenUp: StoredAct[] = [];
  #known = "";

  get #state(): Counted {
    return STATES.find((state) => state === this.args[0]) ?? "waiting";
  }

  protected override async load(): Promise<void> {
    const known = `${JSON.stringify(phone.counts)} ${String(this.#limit)}`;
    if (!phone.db || known === this.#known) return;
    this.#known = known;
    this.#rows = await page(phone.db, this.#state, this.#limit);
    if (this.#state === "returned") this.#givenUp = await page(phone.db, "given-up", WINDOW);
    this.requestUpdate();
  }

  protected override updated(): void {
    void this.load();
  }

  protected override render(): TemplateResult {
    const state = this.#state;
    const number = phone.counts[state];
    return html`
      <nav class="tabs" aria-label=${t.home.counts}>
        ${STATES.map(
          (one) =>
            html`<a
              href="#/outbox/${one}"
              class="count is-${one} ${phone.counts[one] > 0 ? "has-some" : ""}"
              aria-current=${one === state ? "page" : "false"}
              ><b>${phone.counts[one]}</b><span>${t.states[one]}</span></a
            >`,
        )}
      </nav>
      <p class="quiet">${t.outbox.about[state]}</p>
      ${state === "waiting" ? this.#waiting() : nothing}
      ${number === 0 ? html`<p class="card quiet">${t.outbox.empty[state]}</p>` : nothing}
      <ul class="rows">
        ${this.#rows.map((row) => line(row))}
      </ul>
      ${
        this.#rows.length < number
          ? html`<button type="button" class="text-button" @click=${this.#more}>
              ${t.outbox.more}
            </button>`
          : nothing
      }
      ${state === "returned" && this.#givenUp.length > 0 ? givenUp(this.#givenUp) : nothing}
      ${state === "waiting" || state === "draft" ? html`<sh-export></sh-export>` : nothing}
    `;
  }

  #waiting(): TemplateResult | typeof nothing {
    if (phone.counts.waiting === 0) return nothing;
    return html`<button
      type="button"
      class="big-button"
      ?disabled=${phone.sending}
      @click=${this.#retry}
    >
      ${phone.sending ? t.net.sending : t.outbox.retry}
    </button>`;
  }

  readonly #more = (): void => {
    this.#limit += WINDOW;
    void this.load();
  };

  readonly #retry = async (): Promise<void> => {
    const outcome = await phone.send(true);
    if (outcome === "offline") phone.say(t.outbox.offline);
    else if (outcome === "refused") phone.say(t.outbox.refused);
    else if (outcome === "done") phone.say(t.net.allSent);
  };
}

function givenUp(rows: StoredAct[]): TemplateResult {
  return html`<details class="given-up">
    <summary>${t.outbox.givenUp(rows.length)}</summary>
    <ul class="rows">
      ${rows.map(line)}
    </ul>
  </details>`;
}

function line(row: StoredAct): TemplateResult {
  return html`<li>
    <a class="row-link" href="#/act/${row.id}">
      <span class="row-words">
        <b>${actLine(row.act)}</b>
        <span class="quiet">${t.outbox.types[row.act.type]} · ${moment(row.act.at)}</span>
        ${remark(row)}
      </span>
      ${icons.more}
    </a>
  </li>`;
}

export function remark(row: StoredAct): TemplateResult | typeof nothing {
  if (row.state === "returned")
    return html`<span class="tag is-returned">“${row.words || row.code}”</span>`;
  if (row.result === "conflict" || row.result === "held")
    return html`<span class="tag is-office">${t.outbox.office}</span>`;
  if (row.corrected_by) return html`<span class="tag">${t.act.corrected}</span>`;
  if (row.state === "draft" && row.ready_at !== null)
    return html`<span class="tag">${t.outbox.readyIn}</span>`;
  return nothing;
}

customElements.define("sh-outbox", Outbox);
