import type { ReactiveController } from 'lit';
import { createBrowserPorts, type PollPorts } from '../store/poll-ports.js';
import type { UsageElement } from '../internal/usage-element.js';

const DEBOUNCE_MS = 250;

/** Runs the last of a burst of actions, a quarter of a second after it; nothing after the element is gone. */
export class DebounceController implements ReactiveController {
  readonly #schedule: PollPorts['schedule'];
  #cancel: (() => void) | null = null;

  constructor(host: UsageElement, schedule: PollPorts['schedule'] = createBrowserPorts().schedule) {
    this.#schedule = schedule;
    host.addController(this);
  }

  run(action: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#schedule(action, DEBOUNCE_MS);
  }

  hostDisconnected(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
