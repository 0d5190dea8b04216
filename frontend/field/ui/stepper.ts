/** A number tapped up and down, or typed. */

import { html, type TemplateResult } from "lit";

import { t } from "../texts";

export function stepper(
  value: number,
  least: number,
  most: number,
  changed: (value: number) => void,
): TemplateResult {
  const set = (next: number): void => {
    changed(Math.min(Math.max(next, least), most));
  };
  const typed = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    set(Math.trunc(Number(event.target.value)) || least);
    event.target.value = String(value); // what does not fit is not left standing
  };
  return html`<div class="stepper">
    <button
      type="button"
      aria-label=${t.log.less}
      ?disabled=${value <= least}
      @click=${() => {
        set(value - 1);
      }}
    >
      −
    </button>
    <input
      type="text"
      inputmode="numeric"
      aria-labelledby="how-many"
      .value=${String(value)}
      @change=${typed}
    />
    <button
      type="button"
      aria-label=${t.log.more}
      ?disabled=${value >= most}
      @click=${() => {
        set(value + 1);
      }}
    >
      +
    </button>
  </div>`;
}
