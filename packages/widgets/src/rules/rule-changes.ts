import type { AlertRuleBase } from '@usage-kit/server-sdk/contract';
import type { RuleElement } from '../base/rule-card-element.js';
import type { WriteOptions } from '../client/alert-client.js';
import { createIdempotencyKey } from '../client/alert-requests.js';
import type { UsageClient } from '../client/usage-client.js';
import { isUsageRequestError } from '../client/usage-request-error.js';
import { alertMessages } from '../locales/en/alerts.js';
import type { MessageDefinition } from '../locales/messages.js';

const SNOOZE_MS = 86_400_000;

/** A new rule, or the id of one. */
export type RuleTarget = 'new' | (string & {});

/** What did not work, and where it is said. */
export interface RuleProblem {
  target: RuleTarget;
  message: MessageDefinition;
  /** What the server says. */
  detail: string;
}

/** A part of the card that gets the focus. @param name value of its `data-focus` */
export interface FocusWish {
  target: RuleTarget;
  name: 'new' | 'edit' | 'delete' | 'cancel' | 'snooze' | 'first' | 'field';
}

/** Sends a change. */
export type SendChange = (client: UsageClient, options: WriteOptions) => Promise<void>;

/**
 * What a person does about the rules of a card: which one is edited, whose deletion is to be confirmed, what is being stored,
 * what did not work; and where the focus goes when the control that had it is gone.
 */
export class RuleChanges {
  /** The rule whose form is open. */
  edited: RuleTarget | null = null;
  /** The rule whose deletion is to be confirmed. */
  confirmed: string | null = null;
  /** The rule that is being stored. */
  busy: RuleTarget | null = null;
  problem: RuleProblem | null = null;
  /** Whether the server refuses changes: the page may only read. */
  isForbidden = false;
  /** What was changed since the response, by id; `null`: deleted. */
  readonly #changed = new Map<string, Partial<AlertRuleBase> | null>();
  /** Keys of what could not be stored yet. */
  readonly #keys = new Map<string, string>();
  readonly #host: RuleElement;
  #focus: FocusWish | null = null;

  constructor(host: RuleElement) {
    this.#host = host;
  }

  /** Forgets what the latest response knows. */
  onLoad(): void {
    this.#changed.clear();
  }

  /** The rules of a response with what was changed since. */
  apply<Rule extends AlertRuleBase>(rules: readonly Rule[]): Rule[] {
    return rules.flatMap((rule) => {
      const change = this.#changed.get(rule.id);
      return change === null ? [] : [{ ...rule, ...change }];
    });
  }

  edit(target: RuleTarget): void {
    this.edited = target;
    this.confirmed = null;
    this.problem = null;
    this.focus({ target, name: 'field' });
  }

  /** Closes the form; the focus goes back to the button that opened it. */
  close(): void {
    const target = this.edited;
    if (target === null) return;
    this.edited = null;
    this.problem = null;
    this.focus({ target, name: target === 'new' ? 'new' : 'edit' });
  }

  /** Stores what the form says. */
  async save(target: RuleTarget, input: object, send: SendChange): Promise<void> {
    if (await this.#send(target, input, send)) this.close();
  }

  async acknowledge(id: string): Promise<void> {
    const isDone = await this.#send(id, 'acknowledge', (client, o) =>
      client.acknowledgeAlert(id, o),
    );
    if (isDone)
      this.#change(id, { acknowledgedAt: this.#after(0) }, { target: id, name: 'snooze' });
  }

  async snooze(id: string, isSnoozed: boolean): Promise<void> {
    const until = isSnoozed ? null : this.#after(SNOOZE_MS);
    const isDone = await this.#send(id, { until }, (client, o) =>
      client.snoozeAlert(id, { until }, o),
    );
    if (isDone) this.#change(id, { snoozedUntil: until }, { target: id, name: 'snooze' });
  }

  askToDelete(id: string): void {
    this.confirmed = id;
    this.problem = null;
    // What can be undone is the first choice.
    this.focus({ target: id, name: 'cancel' });
  }

  keep(id: string): void {
    this.confirmed = null;
    this.focus({ target: id, name: 'delete' });
  }

  /** @param next the rule that comes into its place; `null`: none */
  async delete(id: string, next: string | null, send: SendChange): Promise<void> {
    if (!(await this.#send(id, 'delete', send))) return;
    this.confirmed = null;
    const target = next ?? 'new';
    this.#change(id, null, { target, name: next === null ? 'new' : 'first' });
  }

  /** Gives the focus to a part of the card once it is rendered. */
  focus(wish: FocusWish): void {
    this.#focus = wish;
    this.#host.requestUpdate();
  }

  /** Called after each update of the card. */
  updated(): void {
    if (this.#focus === null) return;
    const { target, name } = this.#focus;
    const root = this.#host.renderRoot;
    const part = name === 'new' ? root : root.querySelector(`[data-id="${CSS.escape(target)}"]`);
    const control = part?.querySelector<HTMLElement>(
      name === 'first' ? 'summary, button' : `[data-focus="${name}"]`,
    );
    // The form may still be loading.
    if (control == null) return;
    this.#focus = null;
    control.focus();
  }

  #change(id: string, change: Partial<AlertRuleBase> | null, focus: FocusWish): void {
    this.#changed.set(id, change === null ? null : { ...this.#changed.get(id), ...change });
    this.focus(focus);
  }

  #after(ms: number): string {
    return new Date(this.#host.settings.store.now() + ms).toISOString();
  }

  /**
   * Sends a change, and reads the rules again. The same intent has the same key until it is stored, so that the server does it
   * once even where its first answer was lost; another intent has another key.
   *
   * @returns whether it worked
   */
  async #send(target: RuleTarget, intent: unknown, send: SendChange): Promise<boolean> {
    if (this.busy !== null) return false;
    const name = JSON.stringify([target, intent]);
    const idempotencyKey = this.#keys.get(name) ?? createIdempotencyKey();
    this.#keys.set(name, idempotencyKey);
    this.busy = target;
    this.problem = null;
    this.#host.requestUpdate();
    try {
      await send(this.#host.settings.client, { idempotencyKey });
      this.#keys.delete(name);
      this.#host.refresh();
      return true;
    } catch (error) {
      return this.#fail(target, error);
    } finally {
      this.busy = null;
      this.#host.requestUpdate();
    }
  }

  /** @returns whether the change is done all the same */
  #fail(target: RuleTarget, error: unknown): boolean {
    const { status = null, code = '', message = '' } = isUsageRequestError(error) ? error : {};
    if (status === 403) {
      this.isForbidden = true;
      this.edited = null;
      this.confirmed = null;
    }
    this.problem = { target, message: toMessage(status, code), detail: message };
    if (code === 'RULE_NOT_FOUND') this.#host.refresh();
    return false;
  }
}

function toMessage(status: number | null, code: string): MessageDefinition {
  if (code === 'TOO_MANY_RULES') return alertMessages.alertTooMany;
  if (code === 'RULE_NOT_FOUND') return alertMessages.alertGone;
  if (status === null) return alertMessages.alertNoAnswer;
  const byStatus: Readonly<Record<number, MessageDefinition>> = {
    400: alertMessages.alertRefused,
    401: alertMessages.alertSignedOut,
    403: alertMessages.alertForbidden,
    429: alertMessages.alertTooFast,
  };
  return byStatus[status] ?? alertMessages.alertFailed;
}
