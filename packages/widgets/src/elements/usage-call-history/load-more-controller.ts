import type { ProjectCalls } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { RequestOptions } from '../../client/usage-client.js';
import { callMessages } from '../../locales/en/calls.js';
import { stateMessages } from '../../locales/en/states.js';
import type { Localizer } from '../../locales/localizer.js';
import { appendPage, type CallFeed } from './call-feed.js';

/** Loads the next page of a feed, one at a time; drops a page of a feed that was replaced meanwhile. */
export class LoadMoreController implements ReactiveController {
  hasFailed = false;
  readonly #host: ReactiveControllerHost;
  #request: AbortController | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  private get isLoading(): boolean {
    return this.#request !== null;
  }

  hostDisconnected(): void {
    this.reset();
  }

  /** Forgets a running request and a failure. */
  reset(): void {
    this.#request?.abort();
    this.#request = null;
    this.hasFailed = false;
  }

  async load(
    send: (options: RequestOptions) => Promise<ProjectCalls>,
    update: (change: (feed: CallFeed) => CallFeed) => void,
  ): Promise<void> {
    if (this.#request !== null) return;
    const request = new AbortController();
    this.#request = request;
    this.hasFailed = false;
    this.#host.requestUpdate();
    try {
      const page = await send({ signal: request.signal });
      if (this.#request !== request) return;
      update((feed) => appendPage(feed, page));
    } catch {
      if (this.#request !== request) return;
      this.hasFailed = true;
    }
    this.#request = null;
    this.#host.requestUpdate();
  }

  /** The button below the list, and what failed. */
  render({ t }: Localizer, onClick: () => void): TemplateResult {
    return html`<div class="more">
      ${this.hasFailed ? html`<span role="alert">${t(callMessages.loadMoreFailed)}</span>` : nothing}
      <button
        class="button"
        part="load-more"
        type="button"
        ?disabled=${this.isLoading}
        @click=${onClick}
      >
        ${t(this.isLoading ? stateMessages.loading : callMessages.loadMore)}
      </button>
    </div>`;
  }
}
