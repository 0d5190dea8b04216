/** The way in: a one-time link, the browser's session, or a code that somebody pastes. */

import { html, nothing, type TemplateResult } from "lit";

import type { Me } from "../contract";
import { bySession, sealedActs, secretIn } from "../people";
import { phone } from "../phone";
import { goInstead } from "../router";
import { Screen } from "../screen";
import { t } from "../texts";

class SignIn extends Screen {
  #me: Me | null = null;
  #busy = false;
  #said = "";
  #mistake = "";
  #asked: string | null = null;

  protected override async load(): Promise<void> {
    const [how, secret] = this.args;
    const link = how === "link" ? secret : undefined;
    // Somebody uses this phone already: a link alone does not put another in her place.
    if (link !== undefined && phone.person) this.#asked = link;
    else if (link !== undefined) await this.#open(link);
    else this.#me = await bySession();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    if (this.#busy) return html`<p class="card" role="status">${t.signIn.opening}</p>`;
    const asked = this.#asked;
    if (asked !== null)
      return html`<p class="card">${t.signIn.another(phone.person?.full_name ?? "")}</p>
        <a class="big-button" href="#/">${t.signIn.goOn}</a>
        <button type="button" class="big-button soft" @click=${() => void this.#open(asked)}>
          ${t.signIn.useLink}
        </button>`;
    return html`
      <p class="lead">${t.signIn.lead}</p>
      ${this.#said ? html`<p class="notice is-late" role="alert">${this.#said}</p>` : nothing}
      ${
        this.#me
          ? html`<button type="button" class="big-button" @click=${() => void this.#open(null)}>
              ${t.signIn.continueAs(this.#me.full_name)}
            </button>`
          : nothing
      }
      ${sealed()} ${this.#code()}
      <a class="big-button soft" href="/accounts/login/?next=/field/">${t.signIn.byPassword}</a>
      <section class="card">
        <h2>${t.signIn.without}</h2>
        <p class="quiet">${t.signIn.withoutHelp}</p>
      </section>
    `;
  }

  #code(): TemplateResult {
    return html`<form class="card field" novalidate @submit=${this.#typed}>
      <label for="link"><b>${t.signIn.link}</b></label>
      <p class="quiet" id="link-help">${t.signIn.linkHelp}</p>
      <input
        id="link"
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck="false"
        aria-describedby="link-help link-mistake"
        aria-invalid=${this.#mistake ? "true" : "false"}
      />
      <p class="mistake" id="link-mistake" role="alert">${this.#mistake}</p>
      <button type="submit" class="big-button ${this.#me ? "soft" : ""}">${t.signIn.use}</button>
    </form>`;
  }

  readonly #typed = (event: Event): void => {
    event.preventDefault();
    const secret = secretIn(this.querySelector<HTMLInputElement>("#link")?.value ?? "");
    this.#mistake = secret === null ? t.signIn.notALink : "";
    this.requestUpdate();
    if (secret !== null) void this.#open(secret);
  };

  async #open(secret: string | null): Promise<void> {
    this.#busy = true;
    this.#asked = null;
    this.requestUpdate();
    const answer = await phone.signIn(secret);
    this.#busy = false;
    if (answer.kind === "ok") {
      goInstead("");
      return;
    }
    this.#said =
      answer.kind === "refused"
        ? answer.problem.detail || t.signIn.refused
        : answer.kind === "offline"
          ? t.signIn.offline
          : t.signIn.refused;
    // What was refused is spent; without a network the same secret is tried again.
    if (this.args.length > 0 && answer.kind === "refused")
      history.replaceState(null, "", "#/sign-in");
    this.requestUpdate();
  }
}

/** Who left something here, and how it opens again. */
function sealed(): TemplateResult[] {
  return phone.people
    .filter(({ token }) => token === null)
    .map(
      (person) =>
        html`<p class="notice">
          <b>${person.full_name}</b> · ${t.who.locked(sealedActs(person))}
        </p>`,
    );
}

customElements.define("sh-sign-in", SignIn);
