import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { tableMessages } from '../../locales/en/tables.js';
import * as icons from '../../templates/icons.js';
import type { ColumnsMenu } from './call-columns-menu.js';
import type { CallColumn } from './call-columns.js';
import { importPart } from '../../utils/import-part.js';

/** The columns that a person can choose and has chosen. */
export interface ColumnsPort {
  getChoices: () => readonly { id: CallColumn; label: string }[];
  getShown: () => ReadonlySet<CallColumn>;
  isDefault: () => boolean;
  /** @param shown `null`: the default */
  onChange: (shown: ReadonlySet<CallColumn> | null) => void;
}

/** The button of the menu of columns, which is loaded when it is first opened. */
export class ColumnsController {
  readonly #host: UsageElement;
  readonly #port: ColumnsPort;
  #menu: ColumnsMenu | null = null;

  constructor(host: UsageElement, port: ColumnsPort) {
    this.#host = host;
    this.#port = port;
  }

  render(): TemplateResult {
    const label = this.#host.localizer.t(tableMessages.columns);
    return html`<button
        type="button"
        class="button quiet icon columns-button"
        part="columns-button"
        aria-label=${label}
        title=${label}
        aria-expanded=${String(this.#menu?.isOpen === true)}
        @click=${this.#onClick}
      >
        ${icons.columns()}</button
      >${this.#menu?.render() ?? nothing}`;
  }

  readonly #onClick = async (): Promise<void> => {
    if (this.#menu === null) {
      const { ColumnsMenu } = await importPart(() => import('./call-columns-menu.js'));
      // A second click may have come while the code was loading.
      this.#menu ??= new ColumnsMenu(this.#host, this.#port);
    }
    await this.#menu.toggle();
  };
}
