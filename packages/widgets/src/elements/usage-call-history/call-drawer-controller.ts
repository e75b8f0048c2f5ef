import type { CallItem } from '@usage-kit/server-sdk/contract';
import { nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { CopyController } from '../../templates/copy-button.js';
import type { CallDrawer } from './call-drawer.js';
import type { CallFeed } from './call-feed.js';
import type { CallRow } from './usage-call-history.view.js';
import { importPart } from '../../utils/import-part.js';

/** What the drawer needs of the call history. */
export interface CallDrawerPort {
  copy: CopyController;
  /** The call that a person or a link opened; `null` while the drawer is closed. */
  getOpenId: () => string | null;
  getAppDid: () => string | undefined;
  /** The calls that a person goes through; `null` before the first answer. */
  getFeed: () => CallFeed | null;
  toRow: (item: CallItem) => CallRow;
  onOpen: (id: string | null) => void;
  /** Loads the next page. */
  onMore: () => Promise<void>;
}

/** Loads the drawer with the details of a call when the first call is opened. */
export class CallDrawerController implements ReactiveController {
  readonly #host: UsageElement;
  readonly #port: CallDrawerPort;
  #drawer: CallDrawer | null = null;
  #isLoading = false;

  constructor(host: UsageElement, port: CallDrawerPort) {
    this.#host = host;
    this.#port = port;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#drawer !== null) this.#drawer.update();
    else if (this.#port.getOpenId() !== null && !this.#isLoading) void this.#load();
  }

  hostDisconnected(): void {
    this.#drawer?.disconnect();
  }

  /** The drawer; nothing before it is loaded. */
  render(): TemplateResult | typeof nothing {
    return this.#drawer?.render() ?? nothing;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      const { CallDrawer } = await importPart(() => import('./call-drawer.js'));
      this.#drawer = new CallDrawer(this.#host, this.#port);
    } catch (error) {
      // Closed again, so that the next click has another try.
      this.#port.onOpen(null);
      throw error;
    } finally {
      this.#isLoading = false;
      this.#host.requestUpdate();
    }
  }
}
