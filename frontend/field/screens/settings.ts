/** Settings, and signing out. */

import { html, nothing, type TemplateResult } from "lit";

import { push } from "../notices";
import { onlyHere } from "../outbox";
import { phone } from "../phone";
import { goInstead } from "../router";
import { Screen } from "../screen";
import { shownBytes, space, type Space } from "../space";
import { type Language, language, setLanguage, t } from "../texts";
import { icons } from "../ui/icons";

const CLOCK_MINUTES = 5;
const LANGUAGES: readonly [Language, string][] = [
  ["vi", "Tiếng Việt"],
  ["en", "English"],
];

class Settings extends Screen {
  #space: Space | null = null;
  #notices: (() => Promise<boolean>) | null = null;

  protected override async load(): Promise<void> {
    this.#space = await space();
    const ask = push();
    const token = phone.person?.token;
    if (ask && token) this.#notices = () => ask(token);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`${this.#you()} ${clock()} ${this.#language()} ${this.#storage()} ${this.#push()}
      <p class="quiet version">
        ${t.settings.version}: ${__VERSION__} · <a href="/">${t.settings.pages}</a>
      </p>`;
  }

  #you(): TemplateResult {
    return html`<section class="card">
      <h2>${t.settings.you}</h2>
      <p>${phone.person?.full_name ?? ""}</p>
      <div class="row">
        <a class="small-button" href="#/who">${icons.people}${t.settings.switch}</a>
        <a class="small-button" href="#/sign-out">${t.signOut.title}</a>
      </div>
    </section>`;
  }

  #language(): TemplateResult {
    const choose = async (chosen: Language): Promise<void> => {
      setLanguage(chosen);
      await phone.device?.put("settings", { key: "language", language: chosen });
      phone.changed();
      dispatchEvent(new Event("hashchange"));
    };
    return html`<fieldset class="card">
      <legend class="unseen">${t.settings.language}</legend>
      <h2 aria-hidden="true">${t.settings.language}</h2>
      ${LANGUAGES.map(
        ([code, name]) =>
          html`<label class="radio" lang=${code}>
            <input
              type="radio"
              name="language"
              ?checked=${code === language()}
              @change=${() => void choose(code)}
            />${name}
          </label>`,
      )}
    </fieldset>`;
  }

  #storage(): TemplateResult | typeof nothing {
    const known = this.#space;
    if (!known) return nothing;
    const ask = async (): Promise<void> => {
      await navigator.storage.persist();
      await this.load();
    };
    return html`<section class="card">
      <h2>${t.settings.storage}</h2>
      ${known.isLow ? html`<p class="mistake">${t.settings.low(shownBytes(known.left))}</p>` : nothing}
      <p>${t.settings.used(shownBytes(known.used), shownBytes(known.left))}</p>
      <p class="quiet">${known.isKept ? t.settings.kept : t.settings.notKept}</p>
      ${known.isKept ? nothing : html`<button type="button" class="small-button" @click=${ask}>${t.settings.ask}</button>`}
    </section>`;
  }

  #push(): TemplateResult | typeof nothing {
    const ask = this.#notices;
    if (!ask) return nothing;
    return html`<button type="button" class="small-button" @click=${() => void ask()}>
      ${t.settings.notices}
    </button>`;
  }
}

function clock(): TemplateResult | typeof nothing {
  const minutes = Math.round(Math.abs(phone.clockOffsetMs) / 60_000);
  return minutes < CLOCK_MINUTES
    ? nothing
    : html`<p class="notice is-late">${t.settings.clock(minutes)}</p>`;
}

class SignOut extends Screen {
  #left = -1;
  #said = "";

  protected override async load(): Promise<void> {
    if (phone.db) this.#left = (await onlyHere(phone.db)).length;
    this.requestUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.#left < 0) return nothing;
    if (this.#left === 0)
      return html`<div class="card"><p>${t.signOut.clear}</p></div>
        <button type="button" class="big-button" @click=${this.#leave}>${t.signOut.yes}</button>
        <a class="big-button soft" href="#/settings">${t.signOut.stay}</a>`;
    return html`<div class="card asks">
        <b>${t.signOut.asks(this.#left)}</b>
        <p>${t.signOut.sealed}</p>
        <p class="mistake" role="alert">${this.#said}</p>
      </div>
      <button type="button" class="big-button" @click=${this.#send}>${t.signOut.sendFirst}</button>
      <button type="button" class="big-button soft" @click=${this.#leave}>
        ${t.signOut.anyway}
      </button>
      <sh-export></sh-export>
      <a class="text-button" href="#/settings">${t.signOut.stay}</a>`;
  }

  readonly #send = async (): Promise<void> => {
    const outcome = await phone.send(true);
    await this.load();
    this.#said = outcome === "done" && this.#left === 0 ? "" : t.signOut.stillHere;
    this.requestUpdate();
  };

  readonly #leave = async (): Promise<void> => {
    await phone.signOut();
    goInstead(phone.people.length > 0 ? "who" : "sign-in");
  };
}

customElements.define("sh-settings", Settings);
customElements.define("sh-sign-out", SignOut);
