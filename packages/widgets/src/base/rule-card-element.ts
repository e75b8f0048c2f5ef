import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { RequestOptions } from '../client/usage-client.js';
import { QueryController } from '../controllers/query-controller.js';
import type { MessageDefinition } from '../locales/messages.js';
import { toQueryKey } from '../store/query-key.js';
import { buttonStyles } from '../styles/buttons.styles.js';
import { statesStyles } from '../styles/states.styles.js';
import { renderCard } from '../templates/card.js';
import { renderPolledFooter } from '../templates/polled-footer.js';
import { renderBody, type Notice } from '../templates/states.js';
import { CardElement } from './card-element.js';
import { ContentLoader } from './content-loader.js';
import type { UsageElement } from './usage-element.js';

const POLL_INTERVAL_MS = 60_000;

/** What shows rules and changes them; loaded with the first. */
export interface RuleCard<Data> {
  /** The button that makes a rule. */
  renderActions(data: Data | undefined): TemplateResult | typeof nothing;
  /** What is said above the rules, and the form of a new one. */
  renderTop(data: Data | undefined): TemplateResult | typeof nothing;
  toEmptyNotice(data: Data): Notice | null;
  render(data: Data): TemplateResult;
  onLoad(): void;
  updated(): void;
}

/** An element with rules, as what shows them sees it. */
export interface RuleElement extends UsageElement {
  readonly readOnly: boolean;
  readonly appDid: string;
  readonly maxItems: number;
  /** Reads the rules again. */
  refresh(): void;
}

/**
 * Base of the cards with rules of a user: alerts and budgets. What shows and changes them is loaded when the first card is on
 * the page, next to the request.
 *
 * @csspart confirm - the question before a rule is deleted
 * @csspart editor - the form of a rule
 * @csspart failure - what did not work
 * @csspart history - when a rule fired and cleared, to be opened
 * @csspart more - shows the other rules
 * @csspart note - a remark next to the state
 * @csspart poll - the choice of how often it refreshes
 * @csspart state - how it is about a rule
 */
export abstract class RuleCardElement<Data extends object>
  extends CardElement<Data>
  implements RuleElement
{
  static override properties: PropertyDeclarations = {
    readOnly: { attribute: 'read-only', type: Boolean },
    appDid: { attribute: 'app-did' },
    maxItems: { attribute: 'max-items', type: Number },
  };
  static override styles: CSSResultGroup = [CardElement.styles, buttonStyles, statesStyles];

  /** Shows no buttons that change anything, e.g. where a token may only read. */
  readOnly = false;
  /** Shows the rules of this project alone, and makes rules of it. */
  appDid = '';
  /** Rules that are shown before a person asks for the others, from 1. */
  maxItems = 5;
  readonly #loader = new ContentLoader<RuleCard<Data>>(this, () => this.loadCard());

  protected abstract readonly heading: MessageDefinition;
  protected abstract readonly route: 'alerts' | 'budgets';
  /** Sends the request for the rules. */
  protected abstract fetchRules(options: RequestOptions): Promise<Data>;
  /** Loads what shows the rules. */
  protected abstract loadCard(): Promise<RuleCard<Data>>;
  /** The placeholder of rules. */
  protected abstract renderSkeleton(): TemplateResult;

  protected readonly query = new QueryController<Data>(
    this,
    () => ({
      store: this.settings.store,
      intervalMs: POLL_INTERVAL_MS,
      group: this.route,
      query: { key: toQueryKey(this.route, {}), fetch: (options) => this.fetchRules(options) },
    }),
    { onLoad: () => this.#loader.content?.onLoad() },
  );

  /** Reads the rules again. */
  refresh(): void {
    this.query.retry();
  }

  protected override render(): TemplateResult {
    const { content: card } = this.#loader;
    return renderCard(this, {
      title: this.localizer.t(this.heading),
      query: this.query,
      footer: renderPolledFooter,
      actions: card?.renderActions(this.data) ?? nothing,
      body: html`${card?.renderTop(this.data) ?? nothing}
      ${renderBody(this, this.query, {
        skeleton: () => this.renderSkeleton(),
        empty: (data) => (card === null ? this.#loader.brokenNotice : card.toEmptyNotice(data)),
        ready: (data) => card?.render(data) ?? this.renderSkeleton(),
      })}`,
    });
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#loader.start();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#loader.content?.updated();
  }
}
