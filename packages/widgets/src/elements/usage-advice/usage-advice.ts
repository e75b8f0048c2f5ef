import type { Advice, AdviceItem } from '@usage-kit/server-sdk/contract';
import {
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { CardElement } from '../../base/card-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { resolveElementRange, toRangeRequest } from '../../controllers/range-query.js';
import { UsageEvidenceSelectEvent } from '../../events/usage-evidence-select.js';
import { formatCount } from '../../format/number.js';
import { adviceMessages } from '../../locales/en/advice.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { piecesStyles } from '../../styles/pieces.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { renderCard } from '../../templates/card.js';
import * as icons from '../../templates/icons.js';
import { checkRange } from '../../templates/input-problems.js';
import { renderBody, type Notice } from '../../templates/states.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { toProjectHref } from '../../view-models/project-name.js';
import {
  renderAdviceList,
  renderAdviceSkeleton,
  type AdviceActions,
  type AdviceChange,
} from './advice-list.js';
import { usageAdviceStyles } from './usage-advice.styles.js';
import {
  toAdviceView,
  type AdviceListView,
  type AdviceView,
  type EvidenceView,
} from './usage-advice.view.js';

/**
 * What could be saved: each piece with its arithmetic, what it assumes, and the calls behind it.
 *
 * @summary What could be saved, with the arithmetic and the calls behind it.
 * @fires usage-evidence-select - when a person opens the calls behind an advice; cancelable, else `project-href` is followed
 * @csspart advice - a piece of advice
 * @csspart arithmetic - how the saving is computed, to be opened
 * @csspart assumption - what a piece takes for granted
 * @csspart claim - what a piece says
 * @csspart evidence - opens the calls behind a piece
 * @csspart settled - what was done or dismissed, to be opened
 * @csspart more - shows the other pieces
 * @csspart notes - how the figures are to be read, and what was not looked at
 * @csspart outcome - what was promised and measured of a done piece
 * @csspart saving - the amount
 */
export class UsageAdvice extends CardElement<Advice> {
  static readonly tagName: string = 'usage-advice';
  static override properties: PropertyDeclarations = {
    projectHref: { attribute: 'project-href' },
    maxItems: { attribute: 'max-items', type: Number },
    showsAll: { state: true },
    changed: { state: true },
    busyId: { state: true },
    failedId: { state: true },
    renderTable: { state: true },
  };
  static override styles: CSSResultGroup = [
    CardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    piecesStyles,
    usageAdviceStyles,
  ];

  /** Where a project's page is, with `{appDid}` in it; the filters of the calls are added as a query. */
  projectHref: string | undefined;
  /** Pieces that are shown before a person asks for the others, from 1. */
  maxItems = 3;
  private showsAll = false;
  /** What a person changed since the response, by id. */
  private changed: ReadonlyMap<string, AdviceItem> = new Map();
  private busyId: string | null = null;
  private failedId: string | null = null;
  private renderTable: AdviceActions['renderTable'] = null;
  /** The piece whose button gets the focus after the next update, because the one that had it is gone. */
  #focusId: string | null = null;

  protected readonly query = new QueryController<Advice>(
    this,
    () =>
      toRangeRequest(this, {
        route: 'advice',
        send: (range, options) => this.settings.client.getAdvice(range, options),
      }),
    {
      onLoad: () => {
        this.changed = new Map();
        this.failedId = null;
      },
    },
  );

  protected override render(): TemplateResult {
    const { t } = this.localizer;
    return renderCard(this, {
      title: t(adviceMessages.advice),
      query: this.query,
      footer: renderStatusFooter,
      body: renderBody(this, this.query, {
        inputProblem: checkRange(this),
        skeleton: renderAdviceSkeleton,
        empty: (advice) => this.#emptyNotice(advice),
        ready: (advice) => renderAdviceList(this.localizer, this.#toView(advice), this.#actions),
      }),
    });
  }

  protected override updated(properties: PropertyValues): void {
    super.updated(properties);
    if (this.#focusId === null || this.busyId !== null) return;
    const piece = this.renderRoot.querySelector(`[data-id="${CSS.escape(this.#focusId)}"]`);
    this.#focusId = null;
    piece?.querySelector<HTMLElement>('.choices button')?.focus();
  }

  get #actions(): AdviceActions {
    return {
      busyId: this.busyId,
      failedId: this.failedId,
      maxOpen: this.showsAll ? Infinity : Math.max(1, this.maxItems),
      renderTable: this.renderTable,
      onOpen: () => void this.#loadArithmetic(),
      // The button is gone then: the first piece that it showed gets the focus.
      onShowAll: () => {
        this.showsAll = true;
        this.#focusId = this.#toOpen()[Math.max(1, this.maxItems)]?.id ?? null;
      },
      onChange: (id, change) => void this.#change(id, change),
      toHref: (evidence) => this.#toHref(evidence),
      onEvidence: (event, { evidence, query }) => {
        const select = new UsageEvidenceSelectEvent(evidence, query);
        if (!this.dispatchEvent(select)) event.preventDefault();
      },
    };
  }

  #toView(advice: Advice): AdviceListView {
    const { timeZone } = this.settings;
    return toAdviceView(advice, this.localizer, { timeZone, changed: this.changed });
  }

  #toOpen(): AdviceView[] {
    return this.data === undefined ? [] : this.#toView(this.data).open;
  }

  #toHref({ evidence, query }: EvidenceView): string | null {
    const { projectHref } = this;
    if (projectHref === undefined) return null;
    return toProjectHref(projectHref, evidence.appDid, query);
  }

  #emptyNotice(advice: Advice): Notice | null {
    const { open, settled, notes } = this.#toView(advice);
    if (open.length > 0 || settled.length > 0) return null;
    const { t, formatters } = this.localizer;
    const { calls } = advice.basedOn;
    const basis = t(
      adviceMessages.adviceEmptyText,
      { count: formatCount(formatters, calls) },
      calls,
    );
    return {
      icon: icons.success(),
      title: t(adviceMessages.adviceEmptyTitle),
      text: [basis, ...notes].join(' '),
    };
  }

  async #loadArithmetic(): Promise<void> {
    if (this.renderTable !== null) return;
    try {
      const { renderArithmeticTable } = await import('./advice-arithmetic.js');
      this.renderTable = renderArithmeticTable;
    } catch {
      // The claim has its result; opening it again tries again.
    }
  }

  /** The piece stays where it is, with what became of it, until the next response. */
  async #change(id: string, change: AdviceChange): Promise<void> {
    if (this.busyId !== null) return;
    const before = this.changed.get(id) ?? this.data?.items.find((item) => item.id === id);
    if (before === undefined) return;
    this.busyId = id;
    this.failedId = null;
    try {
      const after = await this.#send(before, change);
      this.changed = new Map([...this.changed, [id, after]]);
    } catch {
      this.failedId = id;
    }
    this.busyId = null;
    this.#focusId = id;
  }

  async #send(item: AdviceItem, change: AdviceChange): Promise<AdviceItem> {
    const { client } = this.settings;
    if (change === 'reopen') {
      await client.reopenAdvice(item.id);
      return { ...item, state: 'open', outcome: null };
    }
    return client.setAdviceState(item.id, change, resolveElementRange(this) ?? {});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-advice': UsageAdvice;
  }
}
