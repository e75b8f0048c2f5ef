import { nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { CallFilters } from './call-filters.js';
import type { CallValuesMenu } from './call-values-menu.js';
import type { ValueFilter } from '../../utils/filter-values.js';
import { importPart } from '../../utils/import-part.js';

/** The project and what its calls are narrowed to. */
export interface CallValuesPort {
  getAppDid: () => string | undefined;
  getFilters: () => CallFilters;
  onChange: (filters: CallFilters) => void;
}

/** The menus of the filters that take several values; their code is loaded when the first one is opened. */
export class CallValuesController {
  readonly #host: UsageElement;
  readonly #port: CallValuesPort;
  #menu: CallValuesMenu | null = null;

  constructor(host: UsageElement, port: CallValuesPort) {
    this.#host = host;
    this.#port = port;
  }

  isOpen(filter: ValueFilter): boolean {
    return this.#menu?.isOpen === true && this.#menu.filter === filter;
  }

  /** The open menu, for the end of the filters. */
  render(): TemplateResult | typeof nothing {
    return this.#menu?.render() ?? nothing;
  }

  readonly toggle = async (filter: ValueFilter): Promise<void> => {
    if (this.#menu === null) {
      const { CallValuesMenu } = await importPart(() => import('./call-values-menu.js'));
      // A second click may have come while the code was loading.
      this.#menu ??= new CallValuesMenu(this.#host, this.#port);
    }
    await this.#menu.toggle(filter);
  };
}
