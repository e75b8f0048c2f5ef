import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { tableMessages } from '../../locales/en/tables.js';
import { BoxMenu } from './box-menu.js';
import type { ColumnsPort } from './call-columns-controller.js';
import type { CallColumn } from './call-columns.js';

/** The menu of columns: a box to tick for each, and the way back to the default. Ticking leaves it open. */
export class ColumnsMenu extends BoxMenu {
  protected readonly panelSelector = '.columns-panel';
  protected readonly buttonSelector = '.columns-button';
  readonly #port: ColumnsPort;

  constructor(host: UsageElement, port: ColumnsPort) {
    super(host);
    this.#port = port;
  }

  /** Opens the menu, or closes it. */
  toggle(): Promise<void> {
    return this.toggleMenu();
  }

  render(): TemplateResult {
    const { t } = this.host.localizer;
    const shown = this.#port.getShown();
    return html`<div
      class="box-panel columns-panel"
      part="columns-menu"
      popover="auto"
      role="group"
      aria-label=${t(tableMessages.columns)}
      @toggle=${this.onToggle}
      @keydown=${this.onKey}
    >
      ${this.#port
        .getChoices()
        .map(
          ({ id, label }) =>
            html`<label
              ><input
                type="checkbox"
                .checked=${shown.has(id)}
                @change=${() => this.#change(id)}
              />${label}</label
            >`,
        )}
      ${
        this.#port.isDefault()
          ? nothing
          : html`<button
              type="button"
              class="link"
              part="columns-reset"
              @click=${() => this.#reset()}
            >
              ${t(tableMessages.defaultColumns)}
            </button>`
      }
    </div>`;
  }

  #change(id: CallColumn): void {
    const shown = new Set(this.#port.getShown());
    if (!shown.delete(id)) shown.add(id);
    this.#port.onChange(shown);
  }

  #reset(): void {
    // The button goes with it.
    this.focusFirst();
    this.#port.onChange(null);
  }
}
