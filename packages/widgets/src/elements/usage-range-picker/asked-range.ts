import type { ReactiveController } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { RangeInput } from '../../format/range-input.js';
import { createBrowserPorts } from '../../store/poll-ports.js';

/** How long a host may take until it has set the range; one that refuses it leaves the picker wrong for as long. */
const PATIENCE_MS = 1_500;

/**
 * The range that a person chose and that the host has not set yet. A host that stores it in its address renders its whole page
 * before the range is set: the picker shows the choice in the next frame.
 */
export class AskedRange implements ReactiveController {
  readonly #host: UsageElement;
  readonly #ports = createBrowserPorts();
  #asked: { range: RangeInput; before: RangeInput; cancel: () => void } | null = null;

  constructor(host: UsageElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What the picker shows. */
  get range(): RangeInput {
    return this.#asked?.range ?? this.#host.settings.range;
  }

  /** Shows a range until the host sets one, or has not for long. */
  show(range: RangeInput): void {
    this.#asked?.cancel();
    const cancel = this.#ports.schedule(() => this.#forget(), PATIENCE_MS);
    this.#asked = { range, before: this.#host.settings.range, cancel };
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#asked !== null && !isSame(this.#asked.before, this.#host.settings.range)) {
      this.#forget();
    }
  }

  hostDisconnected(): void {
    this.#forget();
  }

  #forget(): void {
    if (this.#asked === null) return;
    this.#asked.cancel();
    this.#asked = null;
    this.#host.requestUpdate();
  }
}

function isSame(a: RangeInput, b: RangeInput): boolean {
  return a.from === b.from && a.to === b.to;
}
