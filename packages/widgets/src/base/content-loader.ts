import { html } from 'lit';
import { stateMessages } from '../locales/en/states.js';
import * as icons from '../templates/icons.js';
import type { Notice } from '../templates/states.js';
import type { DeferredContent, UsageElement } from './usage-element.js';

/** Loads what shows the data of a card, when the first of its kind is on the page; a person can try again. */
export class ContentLoader<Content> implements DeferredContent {
  /** `null` while it is not loaded. */
  content: Content | null = null;
  readonly #host: UsageElement;
  readonly #load: () => Promise<Content>;
  #isBroken = false;
  #loading: Promise<void> | null = null;

  constructor(host: UsageElement, load: () => Promise<Content>) {
    this.#host = host;
    this.#load = load;
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

  async whenComplete(): Promise<void> {
    await this.#loading;
  }

  /** Why nothing can be shown; `null` when that is not so. */
  get brokenNotice(): Notice | null {
    if (!this.#isBroken) return null;
    const { t } = this.#host.localizer;
    return {
      icon: icons.warning(24),
      title: t(stateMessages.errorTitle),
      text: t(stateMessages.errorNetwork),
      action: html`<button class="button" part="retry" type="button" @click=${() => this.start()}>
        ${t(stateMessages.retry)}
      </button>`,
    };
  }
}
