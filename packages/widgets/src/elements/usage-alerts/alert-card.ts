import type { AlertRule, AlertRuleInput, Alerts } from '@usage-kit/server-sdk/contract';
import type { TemplateResult } from 'lit';
import { alertMessages } from '../../locales/en/alerts.js';
import type { RuleContext } from '../../rules/rule-base.view.js';
import type { RuleTarget, SendChange } from '../../rules/rule-changes.js';
import { RuleListCard, type RuleInput } from '../../rules/rule-list-card.js';
import * as icons from '../../templates/icons.js';
import { renderAlert } from './render-alert.js';
import { sortAlerts, toAlertView, type AlertView } from './usage-alerts.view.js';

/** Shows alert rules and changes them; loaded with the first. */
export class AlertCard extends RuleListCard<AlertRule, Alerts> {
  protected readonly kind = 'alert';

  protected get texts() {
    const isOfProject = this.host.appDid !== '';
    return {
      create: alertMessages.alertNew,
      emptyTitle: alertMessages.alertsEmptyTitle,
      emptyText: isOfProject ? alertMessages.alertsEmptyHere : alertMessages.alertsEmptyText,
    };
  }

  protected send(target: RuleTarget, input: RuleInput): SendChange {
    const rule = input as AlertRuleInput;
    return (client, options) =>
      target === 'new'
        ? client.createAlert(rule, options)
        : client.changeAlert(target, rule, options);
  }

  protected sendDelete(id: string): SendChange {
    return (client, options) => client.deleteAlert(id, options);
  }

  protected sort(rules: readonly AlertRule[], nowMs: number): readonly AlertRule[] {
    return sortAlerts(rules, nowMs);
  }

  protected renderRule(
    rule: AlertRule,
    context: RuleContext,
  ): { view: AlertView; content: TemplateResult } {
    const view = toAlertView(rule, context);
    return { view, content: renderAlert(view) };
  }

  protected renderEmptyIcon(): TemplateResult {
    return icons.bell(24);
  }
}
