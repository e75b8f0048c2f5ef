import { nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { RangePanel } from './range-panel.js';
import { importPart } from '../../utils/import-part.js';

/** The panel of two days, which is loaded when it is first opened. */
export class RangePanelController implements ReactiveController {
  readonly #host: UsageElement;
  readonly #onApply: (days: { from: string; to: string }) => void;
  #panel: RangePanel | null = null;

  constructor(host: UsageElement, onApply: (days: { from: string; to: string }) => void) {
    this.#host = host;
    this.#onApply = onApply;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#panel?.disconnect();
  }

  get isOpen(): boolean {
    return this.#panel?.isOpen === true;
  }

  render(): TemplateResult | typeof nothing {
    return this.#panel?.render() ?? nothing;
  }

  /** For the first press of the button; the browser has the others. */
  async show(): Promise<void> {
    if (this.#panel !== null) return;
    const { RangePanel } = await importPart(() => import('./range-panel.js'));
    // A second press may have come while the code was loading.
    if (this.#panel !== null) return;
    this.#panel = new RangePanel(this.#host, this.#onApply);
    await this.#panel.show();
  }
}
