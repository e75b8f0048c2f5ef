import type { ExportFormat, ExportKind, ExportParams } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../base/usage-element.js';
import { isUsageRequestError } from '../client/usage-request-error.js';
import type { UsageClient } from '../client/usage-client.js';
import { exportMessages } from '../locales/en/exports.js';
import type { MessageDefinition } from '../locales/messages.js';
import { adoptStyles } from '../utils/adopt-styles.js';
import { placePanel } from '../utils/place-panel.js';
import { exportStyles } from './export.styles.js';
import { IncompleteFileError, readFile, readFileName, saveFile } from './save-file.js';

/** What an element shows, as the parameters of its export. */
export type ExportWish = {
  [Kind in ExportKind]: { kind: Kind; params: Omit<ExportParams[Kind], 'format'> };
}[ExportKind];

/** A form of the file that a person chooses. */
interface Choice {
  label: MessageDefinition;
  format: ExportFormat;
  delimiter?: 'semicolon';
  decimal?: 'comma';
}

const CHOICES: readonly Choice[] = [
  { label: exportMessages.exportCsv, format: 'csv' },
  // Where a comma separates decimals, spreadsheets expect semicolons between fields.
  {
    label: exportMessages.exportCsvSemicolon,
    format: 'csv',
    delimiter: 'semicolon',
    decimal: 'comma',
  },
  { label: exportMessages.exportXlsx, format: 'xlsx' },
  { label: exportMessages.exportNdjson, format: 'ndjson' },
];

type State =
  | { status: 'idle'; note: MessageDefinition | null }
  | { status: 'running'; choice: Choice; bytes: number; abort: AbortController }
  | { status: 'failed'; choice: Choice; reason: MessageDefinition }
  | { status: 'absent' };

/** The menu of the export button: formats, then progress with a way to cancel, and failure with another try. */
export class ExportMenu {
  readonly #host: UsageElement;
  readonly #getWish: () => ExportWish | null;
  readonly #onAbsent: (client: UsageClient) => void;
  #state: State = { status: 'idle', note: null };
  #isOpen = false;
  #saved: string | null = null;

  constructor(
    host: UsageElement,
    getWish: () => ExportWish | null,
    onAbsent: (client: UsageClient) => void,
  ) {
    this.#host = host;
    this.#getWish = getWish;
    this.#onAbsent = onAbsent;
    adoptStyles(host, exportStyles);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isBusy(): boolean {
    return this.#state.status === 'running';
  }

  /** Opens the menu, or closes it. */
  async toggle(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const panel = this.#panel;
    if (panel === null) return;
    // The browser closes what is removed from a page, without an event.
    if (panel.matches(':popover-open')) {
      panel.hidePopover();
      return;
    }
    panel.showPopover();
    const button = this.#host.renderRoot.querySelector('.export-button');
    if (button !== null) placePanel(panel, button);
    this.#focusFirst();
  }

  /** Ends the download in progress. */
  cancel(): void {
    if (this.#state.status === 'running') this.#state.abort.abort();
  }

  render(): TemplateResult {
    return html`<div
        class="export-panel"
        part="export-menu"
        popover="auto"
        @beforetoggle=${this.#onBeforeToggle}
        @keydown=${this.#onKey}
      >
        ${this.#renderState()}
      </div>
      <span class="sr-only" role="status"
        >${this.#saved === null ? '' : this.#host.localizer.t(exportMessages.exportSaved, { name: this.#saved })}</span
      >`;
  }

  get #panel(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.export-panel');
  }

  #renderState(): TemplateResult {
    const state = this.#state;
    const { t, formatters } = this.#host.localizer;
    switch (state.status) {
      case 'idle':
        return html`${state.note === null ? nothing : html`<p class="export-note" role="status">${t(state.note)}</p>`}
          <div role="menu" aria-label=${t(exportMessages.exportAs)}>
            ${CHOICES.map(
              (choice) =>
                html`<button
                  type="button"
                  role="menuitem"
                  tabindex="-1"
                  class="export-item"
                  part="export-item"
                  @click=${() => this.#start(choice)}
                >
                  ${t(choice.label)}
                </button>`,
            )}
          </div>`;
      case 'running': {
        const size = formatters
          .number({ style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
          .format(state.bytes / 1e6);
        return html`<p class="export-note" part="export-progress" role="status">
            ${state.bytes === 0 ? t(exportMessages.exportStarting) : t(exportMessages.exportRunning, { size })}
          </p>
          <button
            type="button"
            class="button"
            part="export-cancel"
            @click=${() => {
              this.cancel();
            }}
          >
            ${t(exportMessages.exportCancel)}
          </button>`;
      }
      case 'failed':
        return html`<p class="export-note" role="alert">${t(state.reason)}</p>
          <button
            type="button"
            class="button"
            part="export-retry"
            @click=${() => this.#start(state.choice)}
          >
            ${t(exportMessages.exportRetry)}
          </button>`;
      case 'absent':
        return html`<p class="export-note" role="alert">${t(exportMessages.exportAbsent)}</p>`;
    }
  }

  async #start(choice: Choice): Promise<void> {
    const wish = this.#getWish();
    const { client } = this.#host.settings;
    if (wish === null || client.exportFile === undefined) return;
    const abort = new AbortController();
    this.#saved = null;
    const { label: _label, ...form } = choice;
    this.#set({ status: 'running', choice, bytes: 0, abort });
    try {
      const file = await client.exportFile(wish.kind, { ...wish.params, ...form }, abort);
      const blob = await readFile(file, choice.format, (bytes) => {
        this.#set({ status: 'running', choice, bytes, abort });
      });
      const name = readFileName(file) ?? `usage-${wish.kind}.${choice.format}`;
      saveFile(blob, name);
      this.#saved = name;
      this.#set({ status: 'idle', note: null });
      if (this.#isOpen) this.#close();
    } catch (error) {
      if (abort.signal.aborted) this.#set({ status: 'idle', note: exportMessages.exportCancelled });
      else this.#fail(client, choice, error);
    }
  }

  #fail(client: UsageClient, choice: Choice, error: unknown): void {
    const status = isUsageRequestError(error) ? error.status : null;
    if (status === 403 || status === 404) {
      this.#onAbsent(client);
      // The button goes when the person has read why.
      if (this.#isOpen) this.#set({ status: 'absent' });
      else this.#host.requestUpdate();
      return;
    }
    this.#set({ status: 'failed', choice, reason: toReason(error, status) });
  }

  #set(state: State): void {
    const isMoved = state.status !== this.#state.status;
    this.#state = state;
    this.#host.requestUpdate();
    if (!isMoved || !this.#isOpen) return;
    void this.#host.updateComplete.then(() => {
      this.#focusFirst();
    });
  }

  #focusFirst(): void {
    this.#panel?.querySelector<HTMLElement>('button')?.focus();
  }

  // Not `toggle`, which comes a task later: a request may have failed by then, and its reason must be shown.
  readonly #onBeforeToggle = (event: ToggleEvent): void => {
    this.#isOpen = event.newState === 'open';
    if (!this.#isOpen && this.#state.status === 'idle')
      this.#state = { status: 'idle', note: null };
    this.#host.requestUpdate();
  };

  /** Closes the menu, and puts the focus back. */
  #close(): void {
    this.#panel?.hidePopover();
    this.#host.renderRoot.querySelector<HTMLElement>('.export-button')?.focus();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      this.#close();
      return;
    }
    const items = [...(this.#panel?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    if (items.length === 0) return;
    const root = this.#host.shadowRoot;
    const at = items.indexOf(root?.activeElement as HTMLElement);
    const last = items.length - 1;
    const next = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Tab') this.#panel?.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
}

function toReason(error: unknown, status: number | null): MessageDefinition {
  if (status === 429) return exportMessages.exportBusy;
  const isBroken = error instanceof IncompleteFileError || !isUsageRequestError(error);
  return isBroken ? exportMessages.exportIncomplete : exportMessages.exportFailed;
}
