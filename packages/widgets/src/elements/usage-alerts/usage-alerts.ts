import type { AlertRule, AlertRuleInput, Alerts } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';
import { CardElement } from '../../base/card-element.js';
import type { UsageClient } from '../../client/usage-client.js';
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
import type { renderAlertEditor } from './alert-editor.js';
import { renderRule, type RuleActions } from './alert-list.js';
import { usageAlertsStyles } from './usage-alerts.styles.js';
import { toRuleView } from './usage-alerts.view.js';

const POLL_INTERVAL_MS = 60_000;
const SNOOZE_MS = 86_400_000;

/** What is edited: a rule, or a new one. */
type Edited = AlertRule | 'new';

/**
 * Alert rules with their state and history; a person can make, change and delete those that are the user's, and mark as seen
 * or snooze any.
 *
 * @summary Alert rules, their state and history, with an editor.
 * @csspart alert - a rule
 * @csspart editor - the form of a rule
 * @csspart failure - what did not work
 * @csspart history - when a rule fired and cleared, to be opened
 * @csspart state - whether a rule fires
 */
export class UsageAlerts extends CardElement<Alerts> {
  static readonly tagName: string = 'usage-alerts';
  static override properties: PropertyDeclarations = {
    readOnly: { attribute: 'read-only', type: Boolean },
    edited: { state: true },
    confirmedId: { state: true },
    isBusy: { state: true },
    failure: { state: true },
    renderEditor: { state: true },
  };
  static override styles: CSSResultGroup = [
    CardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    usageAlertsStyles,
  ];

  /** Shows no buttons that change anything, e.g. where a token may only read. */
  readOnly = false;
  private edited: Edited | null = null;
  /** The rule whose deletion is to be confirmed. */
  private confirmedId: string | null = null;
  private isBusy = false;
  private failure = '';
  private renderEditor: typeof renderAlertEditor | null = null;

  protected readonly query = new QueryController<Alerts>(this, () => {
    const { store, client } = this.settings;
    return {
      store,
      intervalMs: POLL_INTERVAL_MS,
      group: 'alerts',
      query: { key: toQueryKey('alerts', {}), fetch: (options) => client.getAlerts(options) },
    };
  });

  protected override render(): TemplateResult {
    const { t } = this.localizer;
    const canCreate = !this.readOnly && this.data !== undefined && this.edited === null;
    return renderCard(this, {
      title: t(alertMessages.alerts),
      query: this.query,
      footer: renderStatusFooter,
      actions: canCreate
        ? html`<button class="button" type="button" @click=${() => this.#edit('new')}>
            ${t(alertMessages.alertNew)}
          </button>`
        : nothing,
      body: html`${this.#renderForm()}
        <p class="failure" part="failure" role="alert">${this.failure}</p>
        ${renderBody(this, this.query, {
          skeleton: () => html`<div class="alerts-skeleton skeleton-block">&nbsp;</div>`,
          empty: (alerts) => this.#emptyNotice(alerts),
          ready: ({ items }) =>
            html`<ul class="alerts">
              ${items.map((rule) => this.#renderRule(rule))}
            </ul>`,
        })}`,
    });
  }

  #emptyNotice({ items }: Alerts): Notice | null {
    if (items.length > 0) return null;
    const { t } = this.localizer;
    return {
      icon: icons.success(),
      title: t(alertMessages.alertsEmptyTitle),
      text: t(alertMessages.alertsEmptyText),
    };
  }

  #renderRule(rule: AlertRule): TemplateResult {
    const { store, timeZone } = this.settings;
    const view = toRuleView(rule, this.localizer, { timeZone, nowMs: store.now() });
    return renderRule(this.localizer, view, this.readOnly ? null : this.#toActions(rule));
  }

  #toActions(rule: AlertRule): RuleActions {
    const { id } = rule;
    return {
      isBusy: this.isBusy,
      isConfirming: this.confirmedId === id,
      onAcknowledge: () => void this.#change((client) => client.acknowledgeAlert(id)),
      onSnooze: (isSnoozed) => {
        const until = isSnoozed
          ? null
          : new Date(this.settings.store.now() + SNOOZE_MS).toISOString();
        void this.#change((client) => client.snoozeAlert(id, { until }));
      },
      onEdit: () => {
        this.#edit(rule);
      },
      onDelete: () => {
        this.confirmedId = id;
      },
      onConfirm: () => void this.#change((client) => client.deleteAlert(id)),
      onCancel: () => {
        this.confirmedId = null;
      },
    };
  }

  #renderForm(): TemplateResult | typeof nothing {
    const { edited, renderEditor } = this;
    if (edited === null || renderEditor === null) return nothing;
    return renderEditor(this.localizer, {
      rule: edited === 'new' ? null : edited,
      timeZone: this.settings.timeZone,
      isBusy: this.isBusy,
      onCancel: () => {
        this.edited = null;
        this.failure = '';
      },
      onInvalid: () => {
        this.failure = this.localizer.t(alertMessages.alertInvalid);
      },
      onSave: (input) => void this.#save(edited, input),
    });
  }

  /** The form is loaded when it is first used. */
  #edit(edited: Edited): void {
    this.failure = '';
    this.edited = edited;
    void import('./alert-editor.js')
      .then(async ({ renderAlertEditor }) => {
        this.renderEditor = renderAlertEditor;
        await this.updateComplete;
        this.renderRoot.querySelector<HTMLElement>('.editor input')?.focus();
      })
      .catch(() => {
        this.edited = null;
        this.failure = this.localizer.t(alertMessages.alertFailed);
      });
  }

  async #save(edited: Edited, input: AlertRuleInput): Promise<void> {
    const isSaved = await this.#change((client) =>
      edited === 'new' ? client.createAlert(input) : client.changeAlert(edited.id, input),
    );
    if (isSaved) this.edited = null;
  }

  /** Sends a change, and reads the rules again. @returns whether it worked */
  async #change(send: (client: UsageClient) => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.failure = '';
    try {
      await send(this.settings.client);
      this.confirmedId = null;
      this.query.retry();
      return true;
    } catch {
      this.failure = this.localizer.t(alertMessages.alertFailed);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-alerts': UsageAlerts;
  }
}
