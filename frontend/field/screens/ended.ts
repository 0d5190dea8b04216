/** This phone was signed out from elsewhere: what became of what waits, and the way back in. */

import { html, type TemplateResult } from "lit";

import { phone } from "../phone";
import { Screen } from "../screen";
import { t } from "../texts";

class Ended extends Screen {
  protected override render(): TemplateResult {
    const { name, acts } = phone.ended ?? { name: "", acts: 0 };
    return html`<div class="card asks" role="alert">
        <b>${t.ended.head(name)}</b>
        <p>${acts > 0 ? t.ended.kept(acts) : t.ended.nothing}</p>
        <p class="quiet">${t.ended.why}</p>
      </div>
      <a class="big-button" href="#/sign-in">${t.ended.signIn}</a>`;
  }
}

customElements.define("sh-ended", Ended);
