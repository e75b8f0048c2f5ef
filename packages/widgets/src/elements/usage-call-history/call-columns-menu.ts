import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { tableMessages } from '../../locales/en/tables.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import { placePanel } from '../../utils/place-panel.js';
import type { ColumnsPort } from './call-columns-controller.js';
import { columnsMenuStyles } from './call-columns-menu.styles.js';
import type { CallColumn } from './call-columns.js';

/** The menu of columns: a box to tick for each, and the way back to the default. Ticking leaves it open. */
export class ColumnsMenu {
  readonly #host: UsageElement;
  readonly #port: ColumnsPort;
  #isOpen = false;

  constructor(host: UsageElement, port: ColumnsPort) {
    this.#host = host;
    this.#port = port;
    adoptStyles(host, columnsMenuStyles);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens the menu, or closes it. */
  async toggle(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const panel = this.#find('.columns-panel');
    const button = this.#find('.columns-button');
    if (panel === null || button === null) return;
    if (this.#isOpen) {
      panel.hidePopover();
      return;
    }
    panel.showPopover();
    placePanel(panel, button);
    this.#find('.columns-panel input')?.focus();
  }

  /** The browser closes what is removed, without saying so in time. */
  disconnect(): void {
    this.#isOpen = false;
  }

  render(): TemplateResult {
    const { t } = this.#host.localizer;
    const shown = this.#port.getShown();
    return html`<div
      class="columns-panel"
      part="columns-menu"
      popover="auto"
      role="group"
      aria-label=${t(tableMessages.columns)}
      @toggle=${this.#onToggle}
      @keydown=${this.#onKey}
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

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }

  #change(id: CallColumn): void {
    const shown = new Set(this.#port.getShown());
    if (!shown.delete(id)) shown.add(id);
    this.#port.onChange(shown);
  }

  #reset(): void {
    // The button goes with it.
    this.#find('.columns-panel input')?.focus();
    this.#port.onChange(null);
  }

  readonly #onToggle = (event: ToggleEvent): void => {
    this.#isOpen = event.newState === 'open';
    this.#host.requestUpdate();
  };

  /** Arrow keys go from box to box, as Tab does; after Escape the focus is on the button, also where a click does not put it there. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      this.#find('.columns-panel')?.hidePopover();
      this.#find('.columns-button')?.focus();
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const boxes = [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.columns-panel input')];
    const at = boxes.indexOf(event.target as HTMLElement);
    event.preventDefault();
    boxes[(at + by + boxes.length) % boxes.length]?.focus();
  };
}
