import type { ProjectCalls } from '@usage-kit/server-sdk/contract';
import { nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { CallsParams } from '../../client/usage-client.js';
import { applyPoll, createFeed, showNew, type CallFeed } from './call-feed.js';
import { LoadMoreController } from './load-more-controller.js';

/** What the list is of. */
export interface CallListPort {
  getAppDid: () => string | undefined;
  /** Filters, order and size of a page. */
  getParams: () => CallsParams;
}

/** The calls that are loaded: polls change them without moving a row, and pages are added at the end. */
export class CallList {
  feed: CallFeed | null = null;
  readonly #host: UsageElement;
  readonly #port: CallListPort;
  readonly #more: LoadMoreController;
  #key = '';

  constructor(host: UsageElement, port: CallListPort) {
    this.#host = host;
    this.#port = port;
    this.#more = new LoadMoreController(host);
  }

  /** Takes in a first page, of a poll or of another question. */
  receive(page: ProjectCalls): void {
    const { range, timeZone } = this.#host.settings;
    const key = JSON.stringify([this.#port.getAppDid(), range, timeZone, this.#port.getParams()]);
    const isSame = this.feed !== null && key === this.#key;
    if (!isSame) this.#more.reset();
    this.feed = isSame && this.feed !== null ? applyPoll(this.feed, page) : createFeed(page);
    this.#key = key;
  }

  /** Puts the calls that waited on top. */
  showNew(): void {
    if (this.feed === null) return;
    this.feed = showNew(this.feed);
    this.#more.reset();
    this.#host.requestUpdate();
  }

  /** The button that loads the next page; nothing on the last one. */
  renderMore(): TemplateResult | typeof nothing {
    if (this.feed?.nextCursor == null) return nothing;
    return this.#more.render(this.#host.localizer, () => void this.loadMore());
  }

  /** Loads the next page; does nothing where there is none. */
  async loadMore(): Promise<void> {
    const { feed } = this;
    const appDid = this.#port.getAppDid();
    if (feed?.nextCursor == null || !appDid) return;
    const { timeZone, client } = this.#host.settings;
    const params = {
      ...this.#port.getParams(),
      ...feed.range,
      timeZone,
      cursor: feed.nextCursor,
    };
    await this.#more.load(
      (options) => client.getProjectCalls(appDid, params, options),
      (next) => (this.feed = next(this.feed ?? feed)),
    );
  }
}
