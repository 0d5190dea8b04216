/** For which team, at which sortie a help counts. One line while there is nothing to choose. */

import { html, nothing, type TemplateResult } from "lit";

import type { Sortie } from "../contract";
import type { Place } from "../helps";
import { phone } from "../phone";
import { t } from "../texts";
import { dayOf } from "../time";
import { sortieOf, teamName } from "./words";

type Chosen = (place: Place) => void;

export function placePicker(place: Place | null, chosen: Chosen): TemplateResult | typeof nothing {
  if (!place) return nothing;
  const teams = phone.bundle.teams;
  const sorties = todays(place.team);
  const words = [sortieOf(place.activity)?.name ?? t.log.everyday, teamName(place.team)];
  if (teams.length < 2 && sorties.length === 0)
    return html`<p class="quiet where">${words.filter(Boolean).join(" · ")}</p>`;
  return html`<details class="card where">
    <summary>${words.filter(Boolean).join(" · ")}</summary>
    ${teams.length > 1 ? teamChoice(place, chosen) : nothing}
    ${sortieChoice(place, sorties, chosen)}
  </details>`;
}

/** Sorties of today that a team goes to. */
function todays(team: string): Sortie[] {
  const today = dayOf(Date.now());
  return phone.bundle.sorties.filter(
    ({ lead_team_id, team_ids, starts_at, state }) =>
      state !== "cancelled" &&
      dayOf(starts_at) === today &&
      (lead_team_id === team || team_ids.includes(team)),
  );
}

function value(event: Event): string {
  return event.target instanceof HTMLSelectElement ? event.target.value : "";
}

function teamChoice({ team }: Place, chosen: Chosen): TemplateResult {
  return html`<label
    >${t.log.team}
    <select
      @change=${(event: Event) => {
        chosen({ team: value(event), activity: null });
      }}
    >
      ${phone.bundle.teams.map(({ id, name }) => html`<option value=${id} ?selected=${id === team}>${name}</option>`)}
    </select>
  </label>`;
}

function sortieChoice(
  { team, activity }: Place,
  sorties: Sortie[],
  chosen: Chosen,
): TemplateResult {
  return html`<label
    >${t.log.where}
    <select
      @change=${(event: Event) => {
        chosen({ team, activity: value(event) || null });
      }}
    >
      <option value="" ?selected=${activity === null}>${t.log.everyday}</option>
      ${sorties.map(({ id, name }) => html`<option value=${id} ?selected=${id === activity}>${name}</option>`)}
    </select>
  </label>`;
}
