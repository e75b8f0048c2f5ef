import type { Advice, AdviceItem } from '@usage-kit/server-sdk/contract';
import {
  html,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { CardElement } from '../../base/card-element.js';
import { ContentLoader } from '../../base/content-loader.js';
import { QueryController } from '../../controllers/query-controller.js';
import { resolveElementRange, toRangeRequest } from '../../controllers/range-query.js';
import { UsageEvidenceSelectEvent } from '../../events/usage-evidence-select.js';
import { glanceMessages } from '../../locales/en/glance.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { renderCard } from '../../templates/card.js';
import { checkRange } from '../../templates/input-problems.js';
import { renderBody } from '../../templates/states.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { toProjectHref } from '../../view-models/project-name.js';
import type { AdviceActions, AdviceChange } from './advice-list.js';
import { adviceSkeletonStyles } from './usage-advice.styles.js';
import type { AdviceListView, AdviceView, EvidenceView } from './usage-advice.view.js';
import { importPart } from '../../utils/import-part.js';

type AdviceContent = typeof import('./advice-content.js');

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
    adviceSkeletonStyles,
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

  readonly #loader = new ContentLoader<AdviceContent>(this, async () => {
    const content = await importPart(() => import('./advice-content.js'));
    content.adoptAdviceStyles(this);
    return content;
  });

  protected override render(): TemplateResult {
    const { content } = this.#loader;
    return renderCard(this, {
      title: this.localizer.t(glanceMessages.advice),
      query: this.query,
      footer: renderStatusFooter,
      body: renderBody(this, this.query, {
        inputProblem: checkRange(this),
        skeleton: renderAdviceSkeleton,
        empty: (advice) =>
          content === null
            ? this.#loader.brokenNotice
            : content.toEmptyNotice(this.localizer, advice, this.#toView(content, advice)),
        ready: (advice) =>
          content === null
            ? renderAdviceSkeleton()
            : content.renderAdviceList(
                this.localizer,
                this.#toView(content, advice),
                this.#actions,
              ),
      }),
    });
  }

  protected override firstUpdated(properties: PropertyValues): void {
    super.firstUpdated(properties);
    this.#loader.start();
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

  #toView(content: AdviceContent, advice: Advice): AdviceListView {
    const { timeZone } = this.settings;
    return content.toAdviceView(advice, this.localizer, { timeZone, changed: this.changed });
  }

  #toOpen(): AdviceView[] {
    const { content } = this.#loader;
    return this.data === undefined || content === null ? [] : this.#toView(content, this.data).open;
  }

  #toHref({ evidence, query }: EvidenceView): string | null {
    const { projectHref } = this;
    if (projectHref === undefined) return null;
    return toProjectHref(projectHref, evidence.appDid, query);
  }

  async #loadArithmetic(): Promise<void> {
    if (this.renderTable !== null) return;
    try {
      const { renderArithmeticTable } = await importPart(() => import('./advice-arithmetic.js'));
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

/** Placeholder of two pieces. */
function renderAdviceSkeleton(): TemplateResult {
  return html`<div class="pieces">
    ${[1, 2].map(
      () =>
        html`<div class="piece">
          <div class="skeleton-block skeleton-line">&nbsp;</div>
          <div class="skeleton-block skeleton-large">&nbsp;</div>
          <div class="skeleton-block skeleton-label">&nbsp;</div>
        </div>`,
    )}
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-advice': UsageAdvice;
  }
}
