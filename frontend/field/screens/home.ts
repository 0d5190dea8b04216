/** The first screen: my next sortie, the big button, the four counts, what came back. */

import { html, nothing, type TemplateResult } from "lit";

import { coming, isComing } from "../bundle";
import type { HelpAct, Sortie } from "../contract";
import type { Counts, StoredAct } from "../model";
import { STATES } from "../model";
import { page } from "../outbox";
import { sealedActs } from "../people";
import { phone } from "../phone";
import { Screen } from "../screen";
import { shownBytes, space, type Space } from "../space";
import { t } from "../texts";
import { hours } from "../time";
import { icons } from "../ui/icons";
import { answerButtons } from "../ui/answers";
import { serviceNames, when } from "../ui/words";
import { newHelp } from "../helps";

class Home extends Screen {
  #returned: StoredAct | undefined;
  #counted = -1;
  #space: Space | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#measure();
  }

  async #measure(): Promise<void> {
    this.#space = await space();
    this.requestUpdate();
  }

  #low(): TemplateResult | typeof nothing {
    const known = this.#space;
    if (!known?.isLow) return nothing;
    return html`<p class="notice is-late" role="status">
      ${t.space.low(shownBytes(known.left))} <a href="#/settings">${t.space.more}</a>
    </p>`;
  }

  protected override async load(): Promise<void> {
    const { db, counts } = phone;
    if (!db || counts.returned === this.#counted) return;
    this.#counted = counts.returned;
    [this.#returned] = counts.returned > 0 ? await page(db, "returned", 1) : [];
    this.requestUpdate();
  }

  protected override updated(): void {
    void this.load();
  }

  protected override render(): TemplateResult {
    const now = phone.runningSortie();
    const next = coming(phone.bundle).filter((one) => one.id !== now?.id);
    const first = now ?? next.find(isComing) ?? next[0];
    const later =
      next.find((one) => one.id !== first?.id && isComing(one)) ??
      next.find((one) => one.id !== first?.id);
    return html`
      ${this.#low()} ${unopened()}
      ${phone.bundle.me.newcomer ? html`<p class="notice">${t.home.newcomer}</p>` : nothing}
      ${first ? sortieCard(first, first === now) : emptyCard()}
      <div class="acts">
        <a class="big-button" href="#/log">${t.home.log}</a>
        ${this.#repeat()}
      </div>
      ${countTiles(phone.counts)}
      ${this.#returned && phone.counts.returned > 0 ? returnedCard(this.#returned, phone.counts.returned) : nothing}
      ${later ? laterCard(later) : nothing} ${ways()}
    `;
  }

  #repeat(): TemplateResult | typeof nothing {
    const { last } = phone;
    if (!last || last.services.length === 0) return nothing;
    const words = t.home.repeat(serviceNames(last.services), last.citizens);
    return html`<button type="button" class="big-button soft" @click=${this.#again}>
      ${words}
    </button>`;
  }

  readonly #again = async (): Promise<void> => {
    const { last } = phone;
    const act: HelpAct | null = last && newHelp(last.services, last.citizens);
    if (!last || !act) return;
    await phone.save([act], t.log.saved(serviceNames(last.services), last.citizens));
  };
}

function sortieCard(sortie: Sortie, isRunning: boolean): TemplateResult {
  const left = sortie.seats === null ? null : sortie.seats - sortie.taken;
  const head = isRunning
    ? `${t.home.running} · ${hours(sortie.starts_at, sortie.ends_at)}`
    : when(sortie);
  return html`<article class="card sortie ${isRunning ? "is-now" : ""}">
    <p class="quiet">${head}</p>
    <h2><a href="#/sortie/${sortie.id}">${sortie.name}</a></h2>
    <p class="quiet facts">
      <span>${icons.place}${sortie.place}</span>
      ${sortie.leader_name ? html`<span>${icons.person}${t.home.leader(sortie.leader_name)}</span>` : nothing}
      ${left === null ? nothing : html`<span>${icons.people}${left > 0 ? t.home.need(left) : t.home.full}</span>`}
    </p>
    ${answerButtons(sortie)}
  </article>`;
}

function emptyCard(): TemplateResult {
  const words = phone.bundle.fetched_at === 0 ? t.home.noBundle : t.home.noSortie;
  return html`<p class="card quiet">${words}</p>`;
}

function countTiles(counts: Counts): TemplateResult {
  return html`<nav class="counts" aria-label=${t.home.counts}>
    ${STATES.map(
      (state) =>
        html`<a
          class="count is-${state} ${counts[state] > 0 ? "has-some" : ""}"
          href="#/outbox/${state}"
        >
          <b>${counts[state]}</b><span>${t.states[state]}</span>
        </a>`,
    )}
  </nav>`;
}

function returnedCard(row: StoredAct, number: number): TemplateResult {
  const head = row.by_name ? t.home.returnedBy(row.by_name, number) : t.home.returned(number);
  const address = number === 1 ? `#/act/${row.id}` : "#/outbox/returned";
  return html`<a class="card asks" href=${address}>
    <b>${head}</b>
    <span class="quiet">“${row.words || row.code}”</span>
  </a>`;
}

function laterCard(sortie: Sortie): TemplateResult {
  const left = sortie.seats === null ? 0 : sortie.seats - sortie.taken;
  const words = [
    when(sortie),
    sortie.place,
    left > 0 && !isComing(sortie) ? t.home.need(left) : "",
  ];
  return html`<a class="card" href="#/sortie/${sortie.id}">
    <b>${t.home.next}: ${sortie.name}</b>
    <span class="quiet">${words.filter(Boolean).join(" · ")}</span>
  </a>`;
}

/** What lies sealed here although its owner is signed in: it is not lost, and she should know. */
function unopened(): TemplateResult | typeof nothing {
  const acts = phone.person ? sealedActs(phone.person) : 0;
  return acts > 0 ? html`<p class="notice is-late">${t.home.unopened(acts)}</p>` : nothing;
}

function ways(): TemplateResult {
  const unseen = phone.messages?.unseen ?? 0;
  return html`<nav class="ways">
    <a href="#/messages"
      >${icons.message}<span>${t.home.messages}</span>${unseen > 0 ? html`<b class="tag is-office">${t.home.unseen(unseen)}</b>` : nothing}${icons.more}</a
    >
    <a href="#/tally">${icons.tally}<span>${t.home.tally}</span>${icons.more}</a>
    <a href="#/sorties">${icons.calendar}<span>${t.home.more}</span>${icons.more}</a>
    <a href="#/services">${icons.book}<span>${t.home.services}</span>${icons.more}</a>
    <a href="#/settings">${icons.settings}<span>${t.home.settings}</span>${icons.more}</a>
  </nav>`;
}

customElements.define("sh-home", Home);
