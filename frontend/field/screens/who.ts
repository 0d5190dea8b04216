/** Choosing between the people who use this phone. */

import { html, type TemplateResult } from "lit";

import type { Person } from "../model";
import { sealedActs } from "../people";
import { phone } from "../phone";
import { go, goInstead } from "../router";
import { Screen } from "../screen";
import { t } from "../texts";
import { icons } from "../ui/icons";

class Who extends Screen {
  protected override render(): TemplateResult {
    return html`
      <ul class="rows">
        ${phone.people.map(
          (person) =>
            html`<li>
              <button type="button" class="row-link" @click=${() => void choose(person)}>
                ${icons.person}
                <span class="row-words"
                  ><b>${person.full_name}</b><span class="quiet">${about(person)}</span></span
                >
                ${icons.more}
              </button>
            </li>`,
        )}
      </ul>
      <a class="big-button soft" href="#/sign-in">${t.who.add}</a>
    `;
  }
}

function about(person: Person): string {
  if (person.token === null) return t.who.locked(sealedActs(person));
  return person.user_id === phone.person?.user_id ? t.who.using : "";
}

/** Who signed out has to sign in again: only then the key comes back. */
async function choose(person: Person): Promise<void> {
  if (person.token === null) {
    go("sign-in");
    return;
  }
  await phone.use(person);
  goInstead("");
}

customElements.define("sh-who", Who);
