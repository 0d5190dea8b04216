/** What this person was told, newest first: whole, since most is read on the way. */

import { html, nothing, type TemplateResult } from "lit";

import { seeHere } from "../messages";
import type { Message } from "../model";
import { phone } from "../phone";
import { Screen } from "../screen";
import { t } from "../texts";
import { moment } from "../time";
import { sortieOf } from "../ui/words";

class MessagesScreen extends Screen {
  readonly #fresh = new Set<string>(); // new when this screen was opened, or since

  protected override async load(): Promise<void> {
    await this.#see();
    await phone.send(true);
  }

  protected override updated(): void {
    void this.#see();
  }

  async #see(): Promise<void> {
    const { db, messages } = phone;
    const news = (messages?.items ?? []).filter(({ seen_at }) => seen_at === null);
    const ids = news.map(({ id }) => id);
    for (const id of ids) this.#fresh.add(id);
    if (!db || news.every(({ kind }) => kind === "reminder")) return;
    await seeHere(db, ids);
    await phone.look();
    phone.sendSoon();
  }

  protected override render(): TemplateResult {
    const { items, fetched_at } = phone.messages ?? { items: [], fetched_at: 0 };
    const none = fetched_at === 0 ? t.messages.notYet : t.messages.none;
    return html`
      ${items.length === 0 ? html`<p class="card quiet">${none}</p>` : nothing}
      ${items.map((one) => this.#message(one))}
      ${fetched_at > 0 ? html`<p class="quiet version">${t.messages.as(moment(fetched_at))}</p>` : nothing}
      <a class="text-button" href="/messages/">${t.messages.all}</a>
    `;
  }

  #message(one: Message): TemplateResult {
    const isReminder = one.kind === "reminder";
    const isNew = isReminder ? one.seen_at === null : this.#fresh.has(one.id);
    return html`<article class="card message ${isNew ? "is-new" : ""}">
      <p class="quiet">
        <span>${moment(one.at)}${isReminder ? ` · ${t.messages.reminder}` : ""}</span>
        ${isNew ? html`<span class="tag is-office">${t.messages.fresh}</span>` : nothing}
      </p>
      <h2>${one.subject}</h2>
      ${one.words ? html`<p class="said-whole">${one.words}</p>` : nothing} ${way(one)}
    </article>`;
  }
}

/** To the sortie that the phone has, else to the page. */
function way(one: Message): TemplateResult | typeof nothing {
  if (!one.link) return nothing;
  const [, id] = /^\/activities\/([0-9a-f-]{36})\//.exec(one.link) ?? [];
  const href = id !== undefined && sortieOf(id) ? `#/sortie/${id}` : one.link;
  const words = one.kind === "reminder" ? t.messages.answer : t.messages.open;
  if (one.kind === "reminder" && one.seen_at !== null) return nothing;
  return html`<a class="small-button" href=${href}>${words}</a>`;
}

customElements.define("sh-messages", MessagesScreen);
