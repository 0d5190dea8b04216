/** Record a help: what, how many, save. The rest is filled in, or one tap away. */

import { html, nothing, type TemplateResult } from "lit";

import type { Act } from "../contract";
import { hold, isWithServer } from "../changing";
import {
  actOf,
  asCorrection,
  correctForm,
  editForm,
  emptyForm,
  type Form,
  mistakes,
  type Mistake,
  MOST_CITIZENS,
  sameForm,
  withdrawal,
} from "../form";
import { coarse } from "../helps";
import type { PersonDb } from "../db";
import { phone } from "../phone";
import { photoOf, withPhotos } from "../photos";
import { go, goInstead } from "../router";
import { Screen } from "../screen";
import { t } from "../texts";
import { field } from "../ui/field";
import { icons } from "../ui/icons";
import { photoCard } from "../ui/photo";
import { placePicker } from "../ui/place";
import { stepper } from "../ui/stepper";
import { serviceNames } from "../ui/words";

type Part = "photo" | "note" | "place";

class Log extends Screen {
  #form: Form = emptyForm();
  #shown = new Set<Part>();
  #wrong: ReadonlySet<Mistake> = new Set();
  #said: { part: Part | "save"; words: string } | null = null;
  #busy = false;
  #held: string | null = null;

  protected override async load(): Promise<void> {
    const [mode, id] = this.args;
    if (mode === "with" && id !== undefined) this.#form.services.add(id);
    if (id !== undefined && phone.db) await this.#open(phone.db, mode ?? "", id);
    if (this.#form.note) this.#shown.add("note");
    if (this.#form.point) this.#shown.add("place");
    this.requestUpdate();
  }

  /** A draft that is open to be changed is held back; when it was not changed it goes after all. */
  async #open(db: PersonDb, mode: string, id: string): Promise<void> {
    const row = await (mode === "edit" ? hold(db, id) : db.get("acts", id));
    if (mode === "same") this.#form = sameForm(row);
    else if (row)
      this.#form = mode === "correct" || isWithServer(row) ? correctForm(row) : editForm(row);
    if (row?.held) this.#held = row.id;
    if (!this.isConnected) await this.#letGo();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.#letGo();
  }

  async #letGo(): Promise<void> {
    const id = this.#held;
    this.#held = null;
    if (id !== null) await phone.letGo(id);
  }

  protected override render(): TemplateResult {
    const form = this.#form;
    return html`<form class="log" novalidate @submit=${this.#submit}>
      ${this.#heading()} ${this.#services()}
      <p class="quiet">${form.mode === "same" ? t.log.sameRule : t.log.rule}</p>
      ${form.mode === "correct" ? this.#reason() : this.#more()}
      ${
        form.mode === "new" || form.mode === "edit"
          ? placePicker(form.place, (place) => {
              this.#change({ place });
            })
          : nothing
      }
      ${this.#wrong.has("team") ? html`<p class="mistake" role="alert">${t.log.noTeam}</p>` : nothing}
      ${this.#otherEnd()} ${this.#foot()}
    </form>`;
  }

  #heading(): TemplateResult | typeof nothing {
    const words = {
      new: "",
      same: t.log.sameTitle,
      edit: t.log.editTitle,
      correct: t.log.correctTitle,
    };
    const said = words[this.#form.mode];
    return said ? html`<h2>${said}</h2>` : nothing;
  }

  #change(facts: Partial<Form>): void {
    this.#form = { ...this.#form, ...facts };
    if (this.#wrong.size > 0) this.#wrong = mistakes(this.#form);
    this.requestUpdate();
  }

  #services(): TemplateResult {
    const { services } = this.#form;
    const toggle = (code: string): void => {
      const chosen = new Set(services);
      if (!chosen.delete(code)) chosen.add(code);
      this.#change({ services: chosen });
    };
    return html`<fieldset
      class="choices"
      aria-describedby=${this.#wrong.has("services") ? "no-service" : nothing}
    >
      <legend class="quiet">${t.log.what}</legend>
      ${phone.bundle.services.length === 0 ? html`<p class="card quiet">${t.services.none}</p>` : nothing}
      <div class="services">
        ${phone.bundle.services.map(
          ({ code, name, short }) =>
            html`<button
              type="button"
              class="service"
              aria-pressed=${services.has(code)}
              aria-label=${name}
              @click=${() => {
                toggle(code);
              }}
            >
              ${short || name}
            </button>`,
        )}
      </div>
      ${
        this.#wrong.has("services")
          ? html`<p class="mistake" id="no-service" role="alert">${t.log.pick}</p>`
          : nothing
      }
    </fieldset>`;
  }

  #more(): TemplateResult {
    const { point, photos, mode } = this.#form;
    const part = (name: Part, icon: unknown, words: string): TemplateResult =>
      html`<button
        type="button"
        class="more"
        aria-expanded=${this.#shown.has(name)}
        @click=${() => {
          this.#toggle(name);
        }}
      >
        ${icon}${words}
      </button>`;
    return html`<div class="mores">
        ${mode === "same" ? nothing : part("photo", icons.camera, t.log.photo)}
        ${part("note", icons.note, t.log.note)}
        ${part("place", icons.place, point ? t.log.place : t.log.placeOff)}
      </div>
      ${this.#shown.has("photo") || photos.length > 0 ? this.#photo() : nothing}
      ${this.#shown.has("note") ? this.#note() : nothing}
      ${this.#shown.has("place") ? this.#point() : nothing}`;
  }

  #toggle(name: Part): void {
    if (!this.#shown.delete(name)) this.#shown.add(name);
    this.requestUpdate();
  }

  #note(): TemplateResult {
    return field({
      id: "note",
      label: t.log.note,
      help: t.log.noteHelp,
      value: this.#form.note,
      mistake: this.#wrong.has("note") ? t.log.personal : "",
      typed: (note) => {
        this.#change({ note });
        this.#check("note");
      },
    });
  }

  #reason(): TemplateResult {
    return html`${this.#note()}
    ${field({
      id: "reason",
      label: t.log.reason,
      help: t.log.reasonHelp,
      value: this.#form.reason,
      mistake: this.#wrong.has("reason") ? t.log.personal : "",
      typed: (reason) => {
        this.#change({ reason });
        this.#check("reason");
      },
    })}`;
  }

  /** A number of a person is refused at once, the rest at saving. */
  #check(part: Mistake): void {
    const found = mistakes(this.#form);
    this.#wrong = new Set([...found].filter((one) => one === part || this.#wrong.has(one)));
    this.requestUpdate();
  }

  #photo(): TemplateResult {
    const { photos } = this.#form;
    return photoCard({
      photos,
      taken: (file) => void this.#take(file),
      removed: (photo) => {
        this.#change({ photos: photos.filter((one) => one !== photo) });
      },
      mistake: this.#saidOf("photo"),
    });
  }

  #saidOf(part: Part | "save"): TemplateResult | typeof nothing {
    return this.#said?.part === part
      ? html`<p class="mistake" role="alert">${this.#said.words}</p>`
      : nothing;
  }

  async #take(file: File): Promise<void> {
    try {
      const photo = await photoOf(this.#form.id, file);
      this.#said = null;
      this.#change({ photos: [...this.#form.photos, photo] });
    } catch {
      this.#said = { part: "photo", words: t.log.photoFailed };
      this.requestUpdate();
    }
  }

  #point(): TemplateResult {
    const { point } = this.#form;
    const off = (): void => {
      this.#change({ point: null });
    };
    return html`<div class="card">
      <p>${t.log.placeHelp}</p>
      ${point ? html`<p><b>${t.log.placeOn(point[0].toFixed(2), point[1].toFixed(2))}</b></p>` : nothing}
      <button type="button" class="small-button" @click=${point ? off : this.#locate}>
        ${point ? t.log.placeTurnOff : t.log.placeTurnOn}
      </button>
      ${this.#saidOf("place")}
    </div>`;
  }

  readonly #locate = (): void => {
    const found = ({ coords }: GeolocationPosition): void => {
      this.#said = null;
      this.#change({ point: coarse(coords.latitude, coords.longitude) });
    };
    const lost = (): void => {
      this.#said = { part: "place", words: t.log.placeFailed };
      this.requestUpdate();
    };
    const patience = { maximumAge: 600_000, timeout: 15_000 };
    navigator.geolocation.getCurrentPosition(found, lost, patience);
  };

  #otherEnd(): TemplateResult | typeof nothing {
    const { mode } = this.#form;
    if (mode === "same") return nothing;
    const [act, words] =
      mode === "correct" ? [this.#withdraw, t.log.withdraw] : [this.#keepDraft, t.log.keepDraft];
    return html`<button type="button" class="text-button" @click=${act}>${words}</button>`;
  }

  /** How many and the way to save stay in reach of the thumb, however many services there are. */
  #foot(): TemplateResult {
    const { mode, citizens } = this.#form;
    const set = (number: number): void => {
      this.#change({ citizens: number });
    };
    return html`<div class="foot">
      ${this.#saidOf("save")}
      ${
        mode === "same"
          ? nothing
          : html`<div class="how-many">
              <span id="how-many">${t.log.howMany}</span>
              ${stepper(citizens, 1, MOST_CITIZENS, set)}
            </div>`
      }
      <button type="submit" class="big-button">${t.log.save}</button>
    </div>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = this.#form;
    this.#wrong = mistakes(form);
    this.requestUpdate();
    if (this.#wrong.size > 0 || this.#busy) return;
    const act = actOf(form, t.log.reasonDefault);
    if (!act) return;
    await this.#safely(async () => {
      await this.#save(act);
      goInstead("");
    });
  };

  async #save(act: Act): Promise<void> {
    const { mode, services, citizens } = this.#form;
    const text = t.log.saved(serviceNames([...services]), citizens);
    if (mode === "edit") await this.#replaceNow(act, text);
    else await this.#keep(act, mode === "correct" ? t.log.corrected : text);
  }

  /** What was recorded before is changed at once: taking that back would lose it. */
  async #replaceNow(act: Act, text: string): Promise<void> {
    const { value: replaced, lost } = await withPhotos(this.#form.photos, (photos) =>
      phone.replace(act, { photos, atOnce: true }),
    );
    if (replaced) {
      phone.say(lost ? t.log.noSpacePhoto : text);
      return;
    }
    this.#form = asCorrection(this.#form);
    const correction = actOf(this.#form, t.log.reasonDefault);
    if (correction) await this.#keep(correction, t.log.corrected);
  }

  async #keep(act: Act, text: string): Promise<void> {
    const { mode, instead, photos } = this.#form;
    const beside = { remember: mode === "new", ...(instead !== null && { instead }) };
    await withPhotos(photos, (kept) => {
      const said = kept.length < photos.length ? t.log.noSpacePhoto : text;
      return phone.save([act], said, { ...beside, photos: kept });
    });
  }

  readonly #withdraw = async (): Promise<void> => {
    const act = withdrawal(this.#form, t.log.reasonDefault);
    await this.#safely(async () => {
      await this.#keep(act, t.log.corrected);
      goInstead("");
    });
  };

  /** A draft without an end stays one until it is finished. */
  readonly #keepDraft = async (): Promise<void> => {
    const act = actOf(this.#form, "");
    this.#wrong = new Set([...mistakes(this.#form)].filter((one) => one !== "services"));
    this.requestUpdate();
    if (!act || this.#wrong.size > 0) return;
    await this.#safely(async () => {
      const { value: kept, lost } = await withPhotos(this.#form.photos, (photos) =>
        phone.replace(act, { photos }),
      );
      if (!kept) {
        this.#form = asCorrection(this.#form);
        this.#said = { part: "save", words: t.log.gone };
        this.requestUpdate();
        return;
      }
      phone.say(lost ? t.log.noSpacePhoto : t.log.savedDraft);
      go("");
    });
  };

  async #safely(act: () => Promise<void>): Promise<void> {
    this.#busy = true;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#said = { part: "save", words: t.log.noSpace };
      this.requestUpdate();
    } finally {
      this.#busy = false;
    }
  }
}

customElements.define("sh-log", Log);
