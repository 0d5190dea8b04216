/** Sorties, and the sheet of one: what, where, when, who; for its leader the lists (leading.ts). */

import { html, nothing, type TemplateResult } from "lit";

import { coming, isComing, running } from "../bundle";
import type { Sortie } from "../contract";
import { phone } from "../phone";
import { Screen } from "../screen";
import { t } from "../texts";
import { answerButtons } from "../ui/answers";
import { icons } from "../ui/icons";
import { sortieOf, teamName, when } from "../ui/words";

class Sorties extends Screen {
  protected override render(): TemplateResult {
    const sorties = coming(phone.bundle);
    if (sorties.length === 0) return html`<p class="card quiet">${t.home.noSortie}</p>`;
    return html`<ul class="rows">
      ${sorties.map(row)}
    </ul>`;
  }
}

function row(sortie: Sortie): TemplateResult {
  return html`<li>
    <a class="row-link" href="#/sortie/${sortie.id}">
      <span class="row-words">
        <span class="quiet">${when(sortie)}</span>
        <b>${sortie.name}</b>
        <span class="quiet">${sortie.place}</span>
        ${sortie.mine ? html`<span class="tag ${isComing(sortie) ? "is-in" : ""}">${t.mine[sortie.mine]}</span>` : nothing}
      </span>
      ${icons.more}
    </a>
  </li>`;
}

class SortieSheet extends Screen {
  protected override render(): TemplateResult {
    const sortie = sortieOf(this.args[0] ?? null);
    if (!sortie) return html`<p class="card quiet">${t.sortie.gone}</p>`;
    const isNow = running({
      ...phone.bundle,
      sorties: [{ ...sortie, mine: sortie.mine ?? "signed-up" }],
    });
    return html`
      <article class="card sortie">
        <h2>${sortie.name}</h2>
        ${ended(sortie)}
        <dl class="facts-list">${sheet(sortie)}</dl>
        ${answerButtons(sortie)}
      </article>
      ${isNow ? waysNow(sortie) : nothing}
      ${sortie.may_lead ? html`<sh-leading .args=${[sortie.id]}></sh-leading>` : nothing}
    `;
  }
}

function ended({ state }: Sortie): TemplateResult | typeof nothing {
  if (state === "cancelled") return html`<p class="tag is-returned">${t.sortie.cancelled}</p>`;
  return state === "closed" ? html`<p class="tag">${t.sortie.closed}</p>` : nothing;
}

function sheet(sortie: Sortie): TemplateResult {
  const { point, seats, taken, waiting } = sortie;
  const map =
    point &&
    `https://www.openstreetmap.org/?mlat=${String(point[0])}&mlon=${String(point[1])}#map=16/${String(point[0])}/${String(point[1])}`;
  const teams = [sortie.lead_team_id, ...sortie.team_ids].map(teamName).filter(Boolean);
  return html`
    <div>
      <dt>${t.sortie.when}</dt>
      <dd>${when(sortie)}</dd>
    </div>
    <div>
      <dt>${t.sortie.where}</dt>
      <dd>
        ${sortie.place}
        ${map ? html`<a class="map" href=${map} target="_blank" rel="noopener">${t.sortie.map}</a>` : nothing}
      </dd>
    </div>
    ${
      sortie.leader_name
        ? html`<div>
            <dt>${t.sortie.leader}</dt>
            <dd>${sortie.leader_name}</dd>
          </div>`
        : nothing
    }
    ${
      teams.length > 0
        ? html`<div>
            <dt>${t.log.team}</dt>
            <dd>${[...new Set(teams)].join(", ")}</dd>
          </div>`
        : nothing
    }
    <div>
      <dt>${t.sortie.seats}</dt>
      <dd>
        ${seats === null ? t.sortie.taken(taken) : t.sortie.seatsOf(taken, seats)}${waiting > 0 ? ` · ${t.sortie.queue(waiting)}` : ""}
      </dd>
    </div>
  `;
}

function waysNow(sortie: Sortie): TemplateResult {
  return html`<div class="acts">
    ${sortie.mine === "present" ? nothing : html`<a class="big-button soft" href="#/check-in/${sortie.id}">${t.sortie.checkIn}</a>`}
    ${sortie.may_lead ? html`<a class="big-button soft" href="#/lead/${sortie.id}">${t.checkIn.codeTitle}</a>` : nothing}
    <a class="big-button" href="#/log">${t.sortie.log}</a>
  </div>`;
}

customElements.define("sh-sorties", Sorties);
customElements.define("sh-sortie", SortieSheet);
