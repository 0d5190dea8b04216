/** Checking in: a volunteer scans or types the code; the leader's phone draws it. */

import { html, nothing, type TemplateResult } from "lit";

import { browser } from "../browser";
import { changeSortie } from "../bundle";
import { codeOf, qrText, readQr, readTyped, STEP_S, stepAt } from "../codes";
import { uuid7 } from "../ids";
import { phone } from "../phone";
import { goInstead } from "../router";
import { scan } from "../scan";
import { Screen } from "../screen";
import { t } from "../texts";
import { sortieOf } from "../ui/words";

class CheckIn extends Screen {
  #stop: (() => void) | null = null;
  #looking = false;
  #said = "";
  #mistake = "";

  override disconnectedCallback(): void {
    this.#stop?.();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const sortie = sortieOf(this.args[0] ?? null);
    return html`
      ${sortie ? html`<p><b>${sortie.name}</b></p>` : nothing}
      <section class="card">
        <h2>${t.checkIn.scan}</h2>
        <video
          class="camera"
          playsinline
          muted
          ?hidden=${!this.#looking}
          aria-label=${t.checkIn.looking}
        ></video>
        <p role="status" class="quiet">${this.#looking ? t.checkIn.looking : this.#said}</p>
        ${
          this.#looking
            ? nothing
            : html`<button type="button" class="big-button" @click=${this.#scan}>
                ${t.checkIn.start}
              </button>`
        }
      </section>
      <form class="card field" novalidate @submit=${this.#typed}>
        <label for="code"><b>${t.checkIn.typed}</b></label>
        <p class="quiet" id="code-help">${t.checkIn.typedHelp}</p>
        <input
          id="code"
          class="code-input"
          name="code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="8"
          aria-describedby="code-help code-mistake"
          aria-invalid=${this.#mistake ? "true" : "false"}
        />
        <p class="mistake" id="code-mistake" role="alert">${this.#mistake}</p>
        <button type="submit" class="big-button soft">${t.checkIn.send}</button>
      </form>
    `;
  }

  readonly #scan = async (): Promise<void> => {
    const video = this.querySelector("video");
    if (!video) return;
    this.#looking = true;
    this.requestUpdate();
    try {
      this.#stop = await scan(video, (text) => this.#found(text));
      if (!this.isConnected) this.#stop();
    } catch {
      this.#looking = false;
      this.#said = t.checkIn.noCamera;
      this.requestUpdate();
    }
  };

  #found(text: string): boolean {
    const scanned = readQr(text);
    if (!scanned) {
      phone.say(t.checkIn.notOurs);
      return false;
    }
    void checkIn(scanned.activity, scanned.step, scanned.code);
    return true;
  }

  readonly #typed = (event: Event): void => {
    event.preventDefault();
    const code = readTyped(this.querySelector<HTMLInputElement>("#code")?.value ?? "");
    this.#mistake = code === null ? t.checkIn.wrong : "";
    this.requestUpdate();
    if (code !== null) void checkIn(this.args[0] ?? "", null, code);
  };
}

async function checkIn(activity: string, step: number | null, code: string): Promise<void> {
  const { db } = phone;
  if (!db) return;
  await changeSortie(db, activity, (one) => ({ ...one, mine: "present" }));
  const at = new Date().toISOString();
  await phone.saveNow([{ type: "check-in", id: uuid7(), at, activity, step, code }]);
  phone.say(t.checkIn.done);
  goInstead(`sortie/${activity}`);
}

/** The leader's phone: a code that changes, drawn without a network. */
class Lead extends Screen {
  #code = "";
  #picture = "";
  #size = 0;
  #step = -1;
  #left = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #awake: { release(): Promise<void> } | null = null;

  protected override async load(): Promise<void> {
    this.#timer = setInterval(() => void this.#tick(), 500);
    await this.#tick();
    this.#awake = (await browser.wakeLock?.request("screen").catch(() => null)) ?? null;
  }

  override disconnectedCallback(): void {
    clearInterval(this.#timer);
    void this.#awake?.release();
    super.disconnectedCallback();
  }

  async #tick(): Promise<void> {
    const sortie = sortieOf(this.args[0] ?? null);
    if (!sortie?.check_in_key) return;
    const now = Date.now();
    this.#left = STEP_S - (Math.floor(now / 1000) % STEP_S);
    if (stepAt(now) !== this.#step) await this.#draw(sortie.check_in_key, sortie.id, stepAt(now));
    this.requestUpdate();
  }

  async #draw(key: string, activity: string, step: number): Promise<void> {
    this.#step = step;
    const [{ encode }, code] = await Promise.all([import("uqr"), codeOf(key, activity, step)]);
    const { data, size } = encode(qrText(activity, step, code), { ecc: "M", border: 2 });
    this.#code = code;
    this.#size = size;
    this.#picture = data
      .flatMap((line, y) =>
        line.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : "")),
      )
      .join("");
  }

  protected override render(): TemplateResult {
    const sortie = sortieOf(this.args[0] ?? null);
    if (!sortie?.check_in_key)
      return html`<p class="card quiet">${sortie ? t.checkIn.noKey : t.sortie.gone}</p>`;
    return html`
      <p><b>${sortie.name}</b></p>
      <p class="quiet">${t.checkIn.codeHelp}</p>
      <div class="card qr">
        <svg
          viewBox="0 0 ${this.#size} ${this.#size}"
          role="img"
          aria-label=${t.checkIn.qr}
          shape-rendering="crispEdges"
        >
          <path d=${this.#picture} fill="#000"></path>
        </svg>
        <p class="code" aria-label=${Array.from(this.#code).join(" ")}>
          ${this.#code.slice(0, 3)} ${this.#code.slice(3)}
        </p>
        <progress
          max=${STEP_S}
          value=${this.#left}
          aria-label=${t.checkIn.seconds(this.#left)}
        ></progress>
        <p class="quiet">${t.checkIn.seconds(this.#left)}</p>
      </div>
      <a class="big-button soft" href="#/sortie/${sortie.id}">${t.sortie.lead}</a>
    `;
  }
}

customElements.define("sh-check-in", CheckIn);
customElements.define("sh-lead", Lead);
