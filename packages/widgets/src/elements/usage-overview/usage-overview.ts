import type { Overview } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import { QueryController } from '../../controllers/query-controller.js';
import * as icons from '../../templates/icons.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { checkRange } from '../../templates/input-problems.js';
import { describeFreshness } from '../../templates/freshness.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { renderBody, type Notice } from '../../templates/states.js';
import { renderStatCards, renderStatSkeleton } from '../../templates/stat-cards.js';
import { DataElement } from '../../base/data-element.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { lowNoticeStyles } from '../../styles/low-notice.styles.js';
import { statsStyles } from '../../styles/stats.styles.js';
import { usageOverviewStyles } from './usage-overview.styles.js';
import { toOverviewView } from './usage-overview.view.js';
import { overviewMessages } from '../../locales/en/overview.js';

/**
 * Calls, tokens, credits and success rate of a range, each with its change against the period before.
 *
 * @summary Four figures of a range.
 * @csspart figure - a figure
 * @csspart stat - a card
 * @csspart stat-calls - the card of calls
 * @csspart stat-cost - the card of money, in place of that of credits
 * @csspart stat-credits - the card of credits
 * @csspart stat-detail - what is behind a figure
 * @csspart stat-successRate - the card of the success rate
 * @csspart stat-tokens - the card of tokens
 * @csspart stats - the grid of cards
 */
export class UsageOverview extends DataElement<Overview> {
  static readonly tagName: string = 'usage-overview';
  static override styles: CSSResultGroup = [
    DataElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    lowNoticeStyles,
    statsStyles,
    usageOverviewStyles,
  ];

  protected readonly query = new QueryController<Overview>(this, () =>
    toRangeRequest(this, {
      route: 'overview',
      send: (range, options) => this.settings.client.getOverview(range, options),
    }),
  );

  protected override render(): TemplateResult {
    const { localizer } = this;
    return html`<section
      class="frame"
      aria-label=${localizer.t(overviewMessages.overview)}
      aria-describedby="freshness"
    >
      ${renderBody(this, this.query, {
        inputProblem: checkRange(this),
        skeleton: () => renderStatSkeleton(4, true),
        empty: (overview) => this.#emptyNotice(overview),
        ready: (overview) =>
          renderStatCards(
            localizer,
            toOverviewView(overview, localizer).cards,
            describeFreshness(this, this.query),
          ),
      })}
      ${renderStatusFooter(this, this.query)}
    </section>`;
  }

  #emptyNotice(overview: Overview): Notice | null {
    const { localizer } = this;
    if (!toOverviewView(overview, localizer).isEmpty) return null;
    return {
      icon: icons.empty(24),
      title: localizer.t(overviewMessages.overviewEmptyTitle),
      text: localizer.t(overviewMessages.overviewEmptyText),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-overview': UsageOverview;
  }
}
