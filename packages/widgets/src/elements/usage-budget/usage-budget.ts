import type { Budgets } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import { RuleCardElement, type RuleCard } from '../../base/rule-card-element.js';
import type { RequestOptions } from '../../client/usage-client.js';
import { ruleMessages } from '../../locales/en/rules.js';
import { skeletonRulesStyles } from '../../styles/skeleton-rules.styles.js';
import { importPart } from '../../utils/import-part.js';

/**
 * What of each budget is spent by day, and what will be by the end of its period; a person can make, change and delete budgets.
 *
 * @summary What of budgets is spent, what will be by the end of the period, with an editor.
 * @csspart chart - what is spent by day, the budget line, and the projection
 * @csspart projection - what will be spent by the end of the period
 * @csspart rule - a budget
 * @csspart rules - the list of budgets
 * @csspart spent - what is spent
 */
export class UsageBudget extends RuleCardElement<Budgets> {
  static readonly tagName: string = 'usage-budget';
  static override styles: CSSResultGroup = [RuleCardElement.styles, skeletonRulesStyles];

  protected readonly heading = ruleMessages.budgets;
  protected readonly route = 'budgets';

  protected fetchRules(options: RequestOptions): Promise<Budgets> {
    return this.settings.client.getBudgets(options);
  }

  protected async loadCard(): Promise<RuleCard<Budgets>> {
    const { BudgetCard } = await importPart(() => import('./budget-card.js'));
    return new BudgetCard(this, () => this.data);
  }

  protected renderSkeleton(): TemplateResult {
    return html`<div class="skeleton-rules large">
      <div class="skeleton-block">&nbsp;</div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-budget': UsageBudget;
  }
}
