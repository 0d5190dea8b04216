/** A short text for each service, at hand without a network. */

import { html, nothing, type TemplateResult } from "lit";

import type { Service } from "../contract";
import { phone } from "../phone";
import { Screen } from "../screen";
import { t } from "../texts";

class Services extends Screen {
  protected override render(): TemplateResult {
    const { services } = phone.bundle;
    if (services.length === 0) return html`<p class="card quiet">${t.services.none}</p>`;
    return html`<div class="guides">
      ${services.map((one) => guide(one, one.code === this.args[0]))}
    </div>`;
  }
}

function guide({ code, name, about, is_platform }: Service, isOpen: boolean): TemplateResult {
  return html`<details class="card" ?open=${isOpen}>
    <summary><b>${name}</b></summary>
    ${is_platform ? html`<p><span class="tag">${t.services.platform}</span></p>` : nothing}
    ${about.split(/\n+/).map((line) => html`<p>${line}</p>`)}
    <a class="small-button" href="#/log/with/${code}">${t.services.log}</a>
  </details>`;
}

customElements.define("sh-services", Services);
