import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import type { MessageDefinition } from '../locales/messages.js';
import { controlStyles } from '../styles/controls.styles.js';
import { loadedStyles } from '../styles/loaded.styles.js';
import { statesStyles } from '../styles/states.styles.js';
import { statusFooterStyles } from '../styles/status-footer.styles.js';
import { renderCard } from '../templates/card.js';
import { renderBody, type Notice } from '../templates/states.js';
import { renderStatusFooter } from '../templates/status-footer.js';
import { ChoiceCardElement } from './choice-card-element.js';
import { ContentLoader } from './content-loader.js';

/** What shows the data of a card; loaded with the first of its kind. */
export interface CardBody<Data> {
  /** Why there is nothing to see; `null` when there is something. */
  toEmptyNotice(data: Data): Notice | null;
  render(data: Data): TemplateResult;
}

/**
 * Base of the cards whose content is loaded when the first of them is on the page, next to the request. The placeholder has the
 * size of the content.
 */
export abstract class LoadedCardElement<Data> extends ChoiceCardElement<Data> {
  static override styles: CSSResultGroup = [
    ChoiceCardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    loadedStyles,
  ];

  readonly #loader = new ContentLoader<CardBody<Data>>(this, () => this.loadBody());

  protected abstract readonly heading: MessageDefinition;
  /** What is wrong with an attribute; `null` when nothing is. */
  protected abstract checkInput(): Notice | null;
  /** Loads what shows the data. */
  protected abstract loadBody(): Promise<CardBody<Data>>;

  /** Buttons in the head. */
  protected renderActions(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** What is between the head and the data. */
  protected renderTop(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected override render(): TemplateResult {
    const { content: body } = this.#loader;
    return renderCard(this, {
      title: this.localizer.t(this.heading),
      query: this.query,
      footer: renderStatusFooter,
      actions: this.renderActions(),
      body: html`${this.renderTop()}
      ${renderBody(this, this.query, {
        inputProblem: this.checkInput(),
        skeleton: renderSkeleton,
        empty: (data) => (body === null ? this.#loader.brokenNotice : body.toEmptyNotice(data)),
        ready: (data) =>
          body === null ? renderSkeleton() : html`<div class="loaded">${body.render(data)}</div>`,
      })}`,
    });
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#loader.start();
  }
}

function renderSkeleton(): TemplateResult {
  return html`<div class="loaded skeleton-block">&nbsp;</div>`;
}
