import type { Alerts } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import { RuleCardElement, type RuleCard } from '../../base/rule-card-element.js';
import type { RequestOptions } from '../../client/usage-client.js';
import { ruleMessages } from '../../locales/en/rules.js';
import { skeletonRulesStyles } from '../../styles/skeleton-rules.styles.js';
import { importPart } from '../../utils/import-part.js';

const SKELETON_RULES = [1, 2, 3];

/**
 * Alert rules with their state and history; a person can make, change and delete those that are the user's, and mark as seen
 * or snooze any.
 *
 * @summary Alert rules, their state and history, with an editor.
 * @csspart rule - a rule
 * @csspart rules - the list of rules
 * @csspart scale - where the value is among the levels
 * @csspart value - the value that is watched
 */
export class UsageAlerts extends RuleCardElement<Alerts> {
  static readonly tagName: string = 'usage-alerts';
  static override styles: CSSResultGroup = [RuleCardElement.styles, skeletonRulesStyles];

  protected readonly heading = ruleMessages.alerts;
  protected readonly route = 'alerts';

  protected fetchRules(options: RequestOptions): Promise<Alerts> {
    return this.settings.client.getAlerts(options);
  }

  protected async loadCard(): Promise<RuleCard<Alerts>> {
    const { AlertCard } = await importPart(() => import('./alert-card.js'));
    return new AlertCard(this, () => this.data);
  }

  protected renderSkeleton(): TemplateResult {
    return html`<div class="skeleton-rules">
      ${SKELETON_RULES.map(() => html`<div class="skeleton-block">&nbsp;</div>`)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-alerts': UsageAlerts;
  }
}
