import type { Budget, Budgets } from '@usage-kit/server-sdk/contract';
import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { CardElement } from '../../base/card-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { alertMessages } from '../../locales/en/alerts.js';
import { toQueryKey } from '../../store/query-key.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { renderCard } from '../../templates/card.js';
import * as icons from '../../templates/icons.js';
import { renderBody, type Notice } from '../../templates/states.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { renderBudgetChart } from './budget-chart.js';
import { usageBudgetStyles } from './usage-budget.styles.js';
import { toBudgetView, type BudgetView } from './usage-budget.view.js';

const POLL_INTERVAL_MS = 60_000;

/**
 * What of each budget is spent by day, and what will be by the end of its period.
 *
 * @summary What of budgets is spent, and what will be by the end of the period.
 * @csspart budget - a budget
 * @csspart chart - what is spent by day, the budget line, and the projection
 * @csspart projection - what will be spent by the end of the period
 * @csspart spent - what is spent
 */
export class UsageBudget extends CardElement<Budgets> {
  static readonly tagName: string = 'usage-budget';
  static override styles: CSSResultGroup = [
    CardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    usageBudgetStyles,
  ];

  protected readonly query = new QueryController<Budgets>(this, () => {
    const { store, client } = this.settings;
    return {
      store,
      intervalMs: POLL_INTERVAL_MS,
      group: 'budgets',
      query: { key: toQueryKey('budgets', {}), fetch: (options) => client.getBudgets(options) },
    };
  });

  protected override render(): TemplateResult {
    return renderCard(this, {
      title: this.localizer.t(alertMessages.budgets),
      query: this.query,
      footer: renderStatusFooter,
      body: renderBody(this, this.query, {
        skeleton: () => html`<div class="budget-skeleton skeleton-block">&nbsp;</div>`,
        empty: (budgets) => this.#emptyNotice(budgets),
        ready: ({ items }) =>
          html`<ul class="budgets">
            ${items.map((budget) => this.#renderBudget(budget))}
          </ul>`,
      }),
    });
  }

  #emptyNotice({ items }: Budgets): Notice | null {
    if (items.length > 0) return null;
    const { t } = this.localizer;
    return {
      icon: icons.empty(24),
      title: t(alertMessages.budgetsEmptyTitle),
      text: t(alertMessages.budgetsEmptyText),
    };
  }

  #renderBudget(budget: Budget): TemplateResult {
    const view: BudgetView = toBudgetView(budget, this.localizer, this.settings.timeZone);
    return html`<li class="budget" part="budget">
      <div class="line">
        <strong>${view.name}</strong>
        <span class="muted">${view.scope}, ${view.window}</span>
      </div>
      <div class="line">
        <span class="spent" part="spent">${view.spent}</span>
        <span class="level-${view.level}">${view.share}</span>
      </div>
      ${renderBudgetChart(view.chart)}
      <p class="projection" part="projection">
        ${view.projection}${view.isOver ? html` <strong class="level-bad">${view.over}</strong>` : nothing}
      </p>
      ${view.enforced === null ? nothing : html`<p class="muted">${view.enforced}</p>`}
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-budget': UsageBudget;
  }
}
