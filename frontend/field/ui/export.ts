/** Giving away what waits as a file, and what of this phone is not in it: <sh-export>. */

import { html, nothing, type TemplateResult } from "lit";

import { type Filed, filed } from "../changing";
import { phone } from "../phone";
import { Screen } from "../screen";
import { fileOf, hand } from "../share";
import { t } from "../texts";
import { icons } from "./icons";

class Export extends Screen {
  #filed: Filed | null = null;
  #known = "";

  protected override async load(): Promise<void> {
    const known = JSON.stringify(phone.counts);
    if (!phone.db || known === this.#known) return;
    this.#known = known;
    this.#filed = await filed(phone.db);
    this.requestUpdate();
  }

  protected override updated(): void {
    void this.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    const known = this.#filed;
    if (!known || known.acts === 0) return nothing;
    const not = left(known);
    return html`<div class="card">
      <p class="quiet">${t.outbox.exportHelp}</p>
      ${not ? html`<p class="quiet">${t.outbox.exportNot(not)}</p>` : nothing}
      <button type="button" class="small-button" @click=${this.#hand}>
        ${icons.share}${t.outbox.export(known.acts)}
      </button>
    </div>`;
  }

  readonly #hand = async (): Promise<void> => {
    const { person, bundle } = phone;
    const rows = await phone.takeForFile();
    if (!person || rows.length === 0) return;
    if (await hand(fileOf(person, rows, bundle.me.user_id))) phone.say(t.outbox.exported);
  };
}

function left({ drafts, returned, photos }: Filed): string {
  const parts = [
    drafts > 0 ? t.outbox.exportNotDrafts(drafts) : "",
    returned > 0 ? t.outbox.exportNotReturned(returned) : "",
    photos > 0 ? t.outbox.exportNotPhotos(photos) : "",
  ];
  return parts.filter(Boolean).join(", ");
}

customElements.define("sh-export", Export);
