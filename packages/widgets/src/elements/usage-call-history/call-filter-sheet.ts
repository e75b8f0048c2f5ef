import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { runAfterFrame } from '../../controllers/task-timer.js';
import { callMessages } from '../../locales/en/calls.js';
import { tableMessages } from '../../locales/en/tables.js';
import { countFilters, type CallFilters } from './call-filters.js';

/** The filters that are set. */
export interface FilterSheetPort {
  getFilters: () => CallFilters;
  onChange: (filters: CallFilters) => void;
  /** After the controls of the filters have moved into the sheet or out of it. */
  onMove: () => void;
}

/**
 * The filters of a narrow card: a modal dialog at the end of the window. Each choice applies immediately.
 *
 * After it closes, the focus is on the button that opened it.
 */
export class FilterSheet implements ReactiveController {
  readonly #host: UsageElement;
  readonly #port: FilterSheetPort;
  #isOpen = false;

  constructor(host: UsageElement, port: FilterSheetPort) {
    this.#host = host;
    this.#port = port;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** A dialog that leaves the page is not modal when it comes back. */
  hostDisconnected(): void {
    this.#setOpen(false);
  }

  readonly open = async (): Promise<void> => {
    this.#setOpen(true);
    await this.#host.updateComplete;
    const dialog = this.#dialog;
    if (dialog?.open === false) dialog.showModal();
    // Not the search: a phone would put its keyboard over the sheet.
    dialog?.focus();
  };

  /** The dialog with the filters in it. */
  render(filters: TemplateResult): TemplateResult {
    const { t } = this.#host.localizer;
    return html`<dialog
      class="sheet"
      part="filter-sheet"
      tabindex="-1"
      aria-labelledby="sheet-title"
      @close=${this.#onClose}
      @click=${this.#onClick}
    >
      <div id="sheet-title" role="heading" aria-level=${Math.min(this.#host.headingLevel + 1, 6)}>
        ${t(tableMessages.filters)}
      </div>
      ${filters}
      <div class="sheet-foot">
        ${
          countFilters(this.#port.getFilters()) > 0
            ? html`<button type="button" class="button" @click=${this.#clear}>
                ${t(callMessages.clearFilters)}
              </button>`
            : nothing
        }<button type="button" class="button primary" part="filter-done" @click=${this.#close}>
          ${t(callMessages.showCalls)}
        </button>
      </div>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector<HTMLDialogElement>('.sheet');
  }

  #setOpen(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return;
    this.#isOpen = isOpen;
    this.#host.requestUpdate();
    this.#port.onMove();
  }

  readonly #clear = (): void => {
    // The button goes with the filters.
    this.#dialog?.focus();
    this.#port.onChange({});
  };

  /** Hides it in the next frame: the end of a modal dialog makes the browser work out the styles of the whole page again. */
  readonly #close = (): void => {
    const dialog = this.#dialog;
    dialog?.classList.add('closing');
    runAfterFrame(() => dialog?.close());
  };

  readonly #onClose = async (): Promise<void> => {
    this.#setOpen(false);
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>('.filters-toggle')?.focus();
  };

  /** What lies around the sheet is the dialog's, too. */
  readonly #onClick = (event: MouseEvent): void => {
    const dialog = this.#dialog;
    if (event.target !== dialog || dialog === null) return;
    if (event.clientY < dialog.getBoundingClientRect().top) this.#close();
  };
}
