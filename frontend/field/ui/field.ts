/** A line of text with what helps to fill it in, and what is wrong with it. */

import { html, type TemplateResult } from "lit";

interface Field {
  id: string;
  label: string;
  help: string;
  value: string;
  mistake: string;
  typed: (text: string) => void;
}

export function field({ id, label, help, value, mistake, typed }: Field): TemplateResult {
  const told = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement) typed(event.target.value);
  };
  return html`<div class="card field">
    <label for=${id}>${label}</label>
    <p class="quiet" id="${id}-help">${help}</p>
    <textarea
      id=${id}
      rows="2"
      maxlength="500"
      .value=${value}
      @input=${told}
      aria-describedby="${id}-help ${id}-mistake"
      aria-invalid=${mistake ? "true" : "false"}
    ></textarea>
    <p class="mistake" id="${id}-mistake" role="alert">${mistake}</p>
  </div>`;
}
