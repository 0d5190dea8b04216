/** What was just saved, for ten seconds, with a way to take it back: <sh-saved>. */

import { html, nothing, type TemplateResult } from "lit";

import { phone, type Saved } from "../phone";
import { go } from "../router";
import { Screen } from "../screen";
import { t } from "../texts";
import { icons } from "./icons";

const AT_HOME = /^(#\/?)?$/; // elsewhere it would lie on the button that saves

class JustSaved extends Screen {
  #gone: ReturnType<typeof setTimeout> | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { saved } = phone;
    clearTimeout(this.#gone);
    const left = saved ? saved.until - Date.now() : 0;
    if (!saved || left <= 0 || !AT_HOME.test(location.hash)) return this.#said();
    this.#gone = setTimeout(this.redraw, left);
    return this.#bar(saved);
  }

  /** What the live region reads out, for those who see. */
  #said(): TemplateResult | typeof nothing {
    const left = phone.saidUntil - Date.now();
    if (left <= 0) return nothing;
    this.#gone = setTimeout(this.redraw, left);
    return html`<p class="saying" aria-hidden="true">${phone.said}</p>`;
  }

  #bar(saved: Saved): TemplateResult {
    return html`<div class="saved" role="group" aria-label=${saved.text}>
      <p>${icons.check}<span>${saved.text}</span></p>
      <div class="saved-acts">
        <button type="button" @click=${this.#undo}>${t.log.undo}</button>
        ${
          saved.same === null
            ? nothing
            : html`<button
                type="button"
                @click=${() => {
                  go(`log/same/${saved.same ?? ""}`);
                }}
              >
                ${t.log.same}
              </button>`
        }
      </div>
    </div>`;
  }

  readonly #undo = async (): Promise<void> => {
    const all = await phone.takeBack();
    phone.say(all ? t.log.undone : t.log.tooLate);
  };
}

customElements.define("sh-saved", JustSaved);
