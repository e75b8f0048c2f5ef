import type { AlertEvent, AlertRuleBase } from '@usage-kit/server-sdk/contract';
import { formatClock } from '../format/clock.js';
import { formatInstant } from '../format/date.js';
import { alertMessages } from '../locales/en/alerts.js';
import type { Localizer } from '../locales/localizer.js';
import { formatMetricValue, formatThreshold } from '../view-models/alert-values.js';

/** What views of rules are made with. */
export interface RuleContext {
  localizer: Localizer;
  timeZone: string;
  nowMs: number;
  nameProject: (appDid: string) => string;
}

/** A line of the history. */
export interface EventView {
  type: 'fired' | 'cleared';
  time: string;
  text: string;
}

/** A remark next to the state. */
export interface NoteView {
  text: string;
  title?: string;
}

/** What views of alerts and budgets have in common. */
export interface RuleBaseView {
  id: string;
  name: string;
  /** What is counted, of what, in which period. */
  watched: string;
  notes: readonly NoteView[];
  history: readonly EventView[];
  isFiring: boolean;
  isSnoozed: boolean;
  canAcknowledge: boolean;
  /** What is off says nothing anyway. */
  canSnooze: boolean;
  /** Rules of the host are not changed here. */
  canEdit: boolean;
}

/** A rule with what its values are of. */
type Rule = AlertRuleBase & { metric: string; currency: string | null };

/** Whether a level fires. */
export const isFiring = ({ enabled, levels }: AlertRuleBase): boolean =>
  enabled && levels.some(({ state }) => state === 'firing');

/** Whether a rule is snoozed now. */
export const isSnoozed = ({ snoozedUntil }: AlertRuleBase, nowMs: number): boolean =>
  snoozedUntil !== null && Date.parse(snoozedUntil) > nowMs;

/** Makes what views of alerts and budgets have in common. */
export function toRuleBaseView(
  rule: Rule & { value?: string | null },
  context: RuleContext,
  watched: readonly string[],
): RuleBaseView {
  const { nowMs } = context;
  return {
    id: rule.id,
    name: rule.name,
    watched: watched.join(' · '),
    notes: listNotes(rule, context),
    history: rule.history.map((event) => toEventView(event, rule, context)),
    isFiring: isFiring(rule),
    isSnoozed: isSnoozed(rule, nowMs),
    canAcknowledge: isFiring(rule) && rule.acknowledgedAt === null,
    canSnooze: rule.enabled || isSnoozed(rule, nowMs),
    canEdit: rule.owner === 'user',
  };
}

function listNotes(
  rule: Rule & { value?: string | null },
  { localizer, timeZone, nowMs }: RuleContext,
): NoteView[] {
  const { t, formatters } = localizer;
  const { snoozedUntil } = rule;
  const notes: NoteView[] = [];
  const isKnown = rule.levels.some(({ state }) => state !== 'unknown');
  if (rule.value === null && rule.enabled && isKnown) {
    notes.push({ text: t(alertMessages.alertHeld), title: t(alertMessages.alertHeldHint) });
  }
  if (snoozedUntil !== null && isSnoozed(rule, nowMs)) {
    const time = formatClock(formatters, Date.parse(snoozedUntil), nowMs, timeZone);
    notes.push({ text: t(alertMessages.alertSnoozed, { time }) });
  } else if (isFiring(rule) && rule.acknowledgedAt !== null) {
    notes.push({ text: t(alertMessages.alertAcknowledged) });
  }
  if (rule.owner === 'host') notes.push({ text: t(alertMessages.alertOfHost) });
  return notes;
}

function toEventView(
  event: AlertEvent,
  rule: Rule,
  { localizer, timeZone, nowMs }: RuleContext,
): EventView {
  const { t, formatters } = localizer;
  const isCleared = event.type === 'cleared';
  // A level of a budget is named by its percentage.
  const level = event.level.endsWith('%')
    ? event.level
    : formatThreshold(localizer, rule, event.threshold);
  const value =
    event.value === null
      ? []
      : [
          t(alertMessages.alertEventValue, {
            value: formatMetricValue(localizer, rule, event.value),
          }),
        ];
  const asOf = new Date(nowMs).toISOString();
  return {
    type: isCleared ? 'cleared' : 'fired',
    time: formatInstant(formatters, event.occurredAt, timeZone, asOf),
    text: [
      t(isCleared ? alertMessages.alertClearedAt : alertMessages.alertFiredAt, { level }),
      ...value,
    ].join(', '),
  };
}
