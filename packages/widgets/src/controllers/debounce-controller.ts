import type { ReactiveController } from 'lit';
import { createBrowserPorts, type PollPorts } from '../store/poll-ports.js';
import type { UsageElement } from '../base/usage-element.js';

const DEBOUNCE_MS = 250;

/** Runs the last of a burst of actions, a quarter of a second after it; nothing after the element is gone. */
export class DebounceController implements ReactiveController {
  readonly #ports: PollPorts;
  #cancel: (() => void) | null = null;

  constructor(host: UsageElement, ports: PollPorts = createBrowserPorts()) {
    this.#ports = ports;
    host.addController(this);
  }

  run(action: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#ports.schedule(action, DEBOUNCE_MS);
  }

  hostDisconnected(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
