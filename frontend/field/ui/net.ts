/** The state of the network and of what waits, in the top bar: <sh-net>. */

import { html, type TemplateResult } from "lit";

import { phone } from "../phone";
import { Screen } from "../screen";
import { t } from "../texts";

interface Said {
  tone: "quiet" | "late" | "ok";
  words: string;
}

class Net extends Screen {
  protected override render(): TemplateResult {
    const { tone, words } = said();
    return html`<p class="net is-${tone}" role="status" aria-live="polite">${words}</p>`;
  }
}

function said(): Said {
  const { waiting, draft } = phone.counts;
  if (!phone.online) return { tone: "late", words: `● ${t.net.offline}` };
  if (!phone.person) return { tone: "quiet", words: "" };
  if (phone.mustSignIn) return { tone: "late", words: t.net.signIn };
  if (waiting > 0 && phone.sending) return { tone: "quiet", words: t.net.sending };
  if (waiting > 0) return { tone: "late", words: t.net.waiting(waiting) };
  return draft > 0 ? { tone: "quiet", words: "" } : { tone: "ok", words: `✓ ${t.net.allSent}` };
}

customElements.define("sh-net", Net);
