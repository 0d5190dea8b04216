/** The frame: where one is, the state of the network, the screen, what was just saved. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";

import { phone } from "./phone";
import { go, goInstead, parse, type Route, takeLink } from "./router";
import { screenOf } from "./screens";
import { t } from "./texts";
import { icons } from "./ui/icons";
import { register } from "./update";

/** Somebody who is signed in here can be chosen; else the way in. */
function entry(): string {
  return phone.people.some(({ token }) => token !== null) ? "who" : "sign-in";
}

class Field extends LitElement {
  private route: Route = parse(location.hash);
  private started = false;
  private takeUpdate: (() => void) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    phone.addEventListener("changed", () => {
      this.requestUpdate();
    });
    addEventListener("hashchange", () => {
      this.#arrive();
    });
    void this.#start();
    void register((apply) => {
      this.takeUpdate = apply;
      this.requestUpdate();
    });
  }

  async #start(): Promise<void> {
    const link = takeLink();
    await phone.start();
    this.started = true;
    if (link !== null) goInstead(`sign-in/link/${link}`);
    else if (!phone.person) goInstead(entry());
    this.#arrive();
    performance.mark("field-ready");
  }

  #arrive(): void {
    const link = takeLink();
    if (link !== null) {
      goInstead(`sign-in/link/${link}`);
      return;
    }
    const route = parse(location.hash);
    // The same address anew is the same screen: a one-time link is opened once.
    if (JSON.stringify(route) !== JSON.stringify(this.route)) this.route = route;
    void phone.sealIfEnded(); // which waited while a form was filled in
    phone.changed(); // what is shown beside the screen depends on where one is
    void this.#focusHeading();
  }

  /** A new screen begins at its top, for eyes and for readers alike. */
  async #focusHeading(): Promise<void> {
    await this.updateComplete;
    scrollTo(0, 0);
    const heading = this.querySelector<HTMLElement>("h1");
    heading?.focus({ preventScroll: true });
    document.title = `${heading?.textContent.trim() ?? ""} · ${t.brand}`;
  }

  protected override render(): TemplateResult {
    if (!this.started) return html`<p class="opening" role="status">${t.loading}</p>`;
    const screen = screenOf(this.route);
    return html`
      <a class="skip-link" href="#main" @click=${this.#skip}>${t.skip}</a>
      ${this.#top(screen.title(), screen.back(this.route))}
      <main id="main" tabindex="-1">
        ${this.takeUpdate ? this.#update(this.takeUpdate) : nothing}
        ${keyed(this.route, screen.element(this.route.args))}
      </main>
      <sh-saved></sh-saved>
      <p class="unseen" role="status">${phone.said}</p>
    `;
  }

  #top(title: string, back: string | null): TemplateResult {
    const leave = (event: Event): void => {
      event.preventDefault();
      go(back ?? "");
    };
    const link =
      back === null
        ? nothing
        : html`<a class="back" href="#/${back}" @click=${leave} aria-label=${t.back}
            >${icons.back}</a
          >`;
    return html`<header class="top">
      ${link}
      <h1 tabindex="-1">${title}</h1>
      <sh-net></sh-net>
    </header>`;
  }

  #update(take: () => void): TemplateResult {
    return html`<div class="notice update" role="status">
      <span>${t.update.ready} ${t.update.later}</span>
      <button type="button" class="small-button" @click=${take}>${t.update.now}</button>
    </div>`;
  }

  /** The address after the # belongs to the screens. */
  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>("#main")?.focus();
  };
}

customElements.define("sh-field", Field);
