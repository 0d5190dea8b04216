/** What every screen is: an element without a shadow, drawn anew when the phone's state moves. */

import { LitElement } from "lit";

import { phone } from "./phone";

export abstract class Screen extends LitElement {
  /** What follows the screen's name in the address. */
  args: string[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    phone.addEventListener("changed", this.redraw);
    void this.load();
  }

  override disconnectedCallback(): void {
    phone.removeEventListener("changed", this.redraw);
    super.disconnectedCallback();
  }

  protected readonly redraw = (): void => {
    this.requestUpdate();
  };

  /** Fetch what this screen alone shows. */
  protected async load(): Promise<void> {
    // Most screens show what the phone knows already.
  }
}
