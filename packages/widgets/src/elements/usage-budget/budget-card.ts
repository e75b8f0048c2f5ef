import type { Budget, BudgetInput, Budgets } from '@usage-kit/server-sdk/contract';
import type { TemplateResult } from 'lit';
import type { RuleElement } from '../../base/rule-card-element.js';
import { alertMessages } from '../../locales/en/alerts.js';
import { adoptStyles } from '../../rules/adopt-styles.js';
import type { RuleContext } from '../../rules/rule-base.view.js';
import type { RuleTarget, SendChange } from '../../rules/rule-changes.js';
import { RuleListCard, type RuleInput } from '../../rules/rule-list-card.js';
import * as icons from '../../templates/icons.js';
import { budgetStyles } from './budget.styles.js';
import { renderBudget } from './render-budget.js';
import { sortBudgets, toBudgetView, type BudgetView } from './usage-budget.view.js';

/** Shows budgets and changes them; loaded with the first. */
export class BudgetCard extends RuleListCard<Budget, Budgets> {
  protected readonly kind = 'budget';
  protected readonly texts = {
    create: alertMessages.budgetNew,
    emptyTitle: alertMessages.budgetsEmptyTitle,
    emptyText: alertMessages.budgetsEmptyText,
  };

  constructor(host: RuleElement, getData: () => Budgets | undefined) {
    super(host, getData);
    adoptStyles(host, budgetStyles);
  }

  protected send(target: RuleTarget, input: RuleInput): SendChange {
    const budget = input as BudgetInput;
    return (client, options) =>
      target === 'new'
        ? client.createBudget(budget, options)
        : client.changeBudget(target, budget, options);
  }

  protected sendDelete(id: string): SendChange {
    return (client, options) => client.deleteBudget(id, options);
  }

  protected sort(budgets: readonly Budget[]): readonly Budget[] {
    return sortBudgets(budgets);
  }

  protected renderRule(
    budget: Budget,
    context: RuleContext,
  ): { view: BudgetView; content: TemplateResult } {
    const view = toBudgetView(budget, context);
    return { view, content: renderBudget(view) };
  }

  protected renderEmptyIcon(): TemplateResult {
    return icons.budget(24);
  }
}
