import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { UsageElement } from '../base/usage-element.js';
import type { UsageClient } from '../client/usage-client.js';
import { exportMessages } from '../locales/en/exports.js';
import type { ExportMenu, ExportWish } from '../exports/export-menu.js';
import * as icons from '../templates/icons.js';
import { importPart } from '../utils/import-part.js';

/** An element that offers what it shows as a file. */
export interface ExportingElement extends UsageElement {
  /** Whether it does not. */
  noExport: boolean;
}

/** Clients whose server has no files for the person: no element offers any again. */
const absent = new WeakSet<UsageClient>();

/**
 * The button with which a person saves what an element shows as a file. Its menu is loaded when it is first opened.
 */
export class ExportController implements ReactiveController {
  readonly #host: ExportingElement;
  readonly #getWish: () => ExportWish | null;
  #menu: ExportMenu | null = null;

  /** @param getWish what is shown now; `null` while there is nothing to save */
  constructor(host: ExportingElement, getWish: () => ExportWish | null) {
    this.#host = host;
    this.#getWish = getWish;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#menu?.cancel();
  }

  /** The button and its menu; nothing where no files are offered. */
  render(): TemplateResult | typeof nothing {
    const { noExport, settings, localizer } = this.#host;
    const { client } = settings;
    if (noExport || client.exportFile === undefined) return nothing;
    const menu = this.#menu;
    // While the menu says why, it stays.
    if (absent.has(client) && menu?.isOpen !== true) return nothing;
    const label = localizer.t(exportMessages.exportFile);
    const isBusy = menu?.isBusy === true;
    return html`<span class="export">
      <button
        type="button"
        class="button quiet icon export-button"
        part="export-button"
        aria-label=${label}
        title=${label}
        aria-haspopup="true"
        aria-expanded=${String(menu?.isOpen === true)}
        aria-busy=${String(isBusy)}
        ?disabled=${this.#getWish() === null && !isBusy}
        @click=${this.#onClick}
      >
        ${icons.download()}
      </button>
      ${menu?.render() ?? nothing}
    </span>`;
  }

  readonly #onClick = async (): Promise<void> => {
    if (this.#menu === null) {
      const { ExportMenu } = await importPart(() => import('../exports/export-menu.js'));
      // A second click may have come while the code was loading.
      this.#menu ??= new ExportMenu(this.#host, this.#getWish, (client) => {
        absent.add(client);
      });
    }
    await this.#menu.toggle();
  };
}
