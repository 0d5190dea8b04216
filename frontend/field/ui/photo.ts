/** Taking pictures along with a help, and the warning never to photograph papers. */

import { html, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";

import type { StoredPhoto } from "../model";
import { show } from "../photos";
import { t } from "../texts";
import { icons } from "./icons";

interface Taking {
  photos: readonly StoredPhoto[];
  taken: (file: File) => void;
  removed: (photo: StoredPhoto) => void;
  mistake: unknown;
}

export function photoCard({ photos, taken, removed, mistake }: Taking): TemplateResult {
  const chosen = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const [file] = event.target.files ?? [];
    if (file) taken(file);
    event.target.value = ""; // so that the same one can be chosen again
  };
  return html`<div class="card">
    <p id="photo-help">${t.log.photoHelp}</p>
    ${photos.map((photo) => figure(photo, removed))}
    <label class="file-button">
      ${icons.camera}${t.log.takePhoto}
      <input
        class="unseen"
        type="file"
        accept="image/*"
        capture="environment"
        aria-describedby="photo-help"
        @change=${chosen}
      />
    </label>
    ${mistake}
  </div>`;
}

function figure(photo: StoredPhoto, removed: (photo: StoredPhoto) => void): TemplateResult {
  const draw = (canvas: Element | undefined): void => {
    if (!(canvas instanceof HTMLCanvasElement) || canvas.dataset["shown"] === photo.id) return;
    canvas.dataset["shown"] = photo.id;
    void show(photo, canvas);
  };
  return html`<figure class="photo">
    <canvas role="img" aria-label=${t.log.photo} ${ref(draw)}></canvas>
    <figcaption class="quiet">${t.log.photoSize(Math.ceil(photo.size_bytes / 1000))}</figcaption>
    <button
      type="button"
      class="small-button"
      @click=${() => {
        removed(photo);
      }}
    >
      ${t.log.removePhoto}
    </button>
  </figure>`;
}
