import { stateMessages } from '../locales/en/states.js';
import * as icons from '../templates/icons.js';
import { renderRetry, type Notice } from '../templates/states.js';
import type { DeferredContent, UsageElement } from './usage-element.js';

/** Loads what shows the data of a card, when the first of its kind is on the page; a person can try again. */
export class ContentLoader<Content> implements DeferredContent {
  /** `null` while it is not loaded. */
  content: Content | null = null;
  readonly #host: UsageElement;
  readonly #load: () => Promise<Content>;
  readonly #onRetry: () => void;
  #isBroken = false;
  #loading: Promise<void> | null = null;

  /** @param onRetry what else a person wants who tries again */
  constructor(
    host: UsageElement,
    load: () => Promise<Content>,
    onRetry: () => void = () => undefined,
  ) {
    this.#host = host;
    this.#load = load;
    this.#onRetry = onRetry;
    host.deferredContents.push(this);
  }

  /** Begins to load; to be called once, after the first render. */
  start(): void {
    this.#isBroken = false;
    this.#loading = this.#load().then(
      (content) => {
        this.content = content;
        this.#host.requestUpdate();
      },
      () => {
        this.#isBroken = true;
        this.#host.requestUpdate();
      },
    );
  }

  /** Loads it again, because a person wants it. */
  retry(): void {
    this.start();
    this.#onRetry();
  }

  async whenComplete(): Promise<void> {
    await this.#loading;
  }

  /** Why nothing can be shown; `null` when that is not so. */
  get brokenNotice(): Notice | null {
    if (!this.#isBroken) return null;
    const { localizer } = this.#host;
    return {
      icon: icons.warning(24),
      title: localizer.t(stateMessages.errorTitle),
      text: localizer.t(stateMessages.errorNetwork),
      action: renderRetry(localizer, () => this.retry()),
    };
  }
}
