import type {
  AlertChannel,
  AlertMetric,
  AlertRule,
  AlertRuleInput,
  AlertScope,
  AlertWindow,
  Budget,
  BudgetInput,
  BudgetMetric,
  CalendarWindow,
} from '@usage-kit/server-sdk/contract';
import { formMessages } from '../locales/en/rule-form.js';
import type { MessageDefinition } from '../locales/messages.js';
import { isQuotaMetric } from '../view-models/alert-values.js';

/** What a person has written in the form of a rule; texts as they were typed. */
export interface RuleDraft {
  kind: 'alert' | 'budget';
  name: string;
  metric: AlertMetric;
  scope: AlertScope['kind'];
  appDid: string;
  model: string;
  window: CalendarWindow['unit'] | 'rolling';
  timeZone: string;
  hours: string;
  levels: string;
  minCalls: string;
  amount: string;
  enforce: boolean;
  enabled: boolean;
  /** Names of channels, see {@link toChannelName}. */
  channels: readonly string[];
}

/** What is wrong with the fields of a draft, by name. */
export type DraftFaults = Partial<Record<keyof RuleDraft, MessageDefinition>>;

const RATIO_METRICS: readonly string[] = ['errorRate', 'p95DurationMs'];
const WHOLE_METRICS: readonly string[] = ['calls', 'tokens'];

/** Metrics that few calls say nothing about. */
export const isRatioMetric = (metric: string): boolean => RATIO_METRICS.includes(metric);

/** What people write of a metric, as a power of ten of its unit: percent of a ratio, seconds of milliseconds. */
const PLACES: Partial<Record<AlertMetric, number>> = { errorRate: 2, p95DurationMs: -3 };
const MAX_LEVELS = 10;
const MAX_PERCENT = 1000;
const MAX_HOURS = 720;
const MAX_MIN_CALLS = 1_000_000;
const DEFAULT_HOURS = '24';
const DEFAULT_MIN_CALLS = '20';
const DEFAULT_PERCENTS = '50, 80, 100';

/** What a new rule begins with. */
export interface DraftDefaults {
  timeZone: string;
  /** The only project that rules are of; `''`: any. */
  appDid: string;
  channels: readonly AlertChannel[];
}

/** Begins a new rule. */
export function createDraft(kind: RuleDraft['kind'], defaults: DraftDefaults): RuleDraft {
  const { timeZone, appDid } = defaults;
  const isBudget = kind === 'budget';
  return {
    kind,
    name: '',
    metric: 'credits',
    scope: appDid === '' ? 'account' : 'project',
    appDid,
    model: '',
    window: isBudget ? 'month' : 'day',
    timeZone,
    hours: DEFAULT_HOURS,
    levels: isBudget ? DEFAULT_PERCENTS : '',
    minCalls: DEFAULT_MIN_CALLS,
    amount: '',
    enforce: false,
    enabled: true,
    channels: defaults.channels.map(toChannelName),
  };
}

/** Begins a change of a rule. */
export function toDraft(rule: AlertRule | Budget, defaults: DraftDefaults): RuleDraft {
  const { scope, window, name, metric, enabled } = rule;
  const draft: RuleDraft = {
    ...createDraft(rule.kind, defaults),
    ...{ name, metric, enabled, scope: scope.kind },
    ...(scope.kind === 'project' && { appDid: scope.appDid }),
    ...(scope.kind === 'model' && { model: scope.model }),
    ...(window.kind === 'calendar'
      ? { window: window.unit, timeZone: window.timeZone }
      : { window: 'rolling' as const, hours: String(window.hours) }),
    channels: rule.channels.map(toChannelName),
  };
  if (rule.kind === 'budget') {
    const { amount, levelPercents, enforce } = rule;
    return { ...draft, amount, enforce, levels: levelPercents.join(', ') };
  }
  const places = PLACES[metric] ?? 0;
  return {
    ...draft,
    levels: rule.levels.map(({ threshold }) => shiftDecimal(threshold, places)).join(', '),
    minCalls: String(rule.minCalls ?? DEFAULT_MIN_CALLS),
  };
}

/** The name of a channel in a form. */
export function toChannelName(channel: AlertChannel): string {
  return channel.kind === 'callback' ? 'callback' : `webhook:${channel.webhookId}`;
}

/** What a draft of an alert asks of the server, or what is wrong with it. @param hasChannels whether the form has them */
export function readAlert(
  draft: RuleDraft,
  hasChannels: boolean,
): { input: AlertRuleInput } | { faults: DraftFaults } {
  const { metric } = draft;
  const [levels, levelFault] = readLevels(draft);
  const minCalls = readInteger(draft.minCalls, MAX_MIN_CALLS);
  const faults: DraftFaults = {
    ...findCommonFaults(draft),
    ...(levelFault !== null && { levels: levelFault }),
    ...(isRatioMetric(metric) && minCalls === null && { minCalls: formMessages.formMinCallsWrong }),
  };
  if (Object.keys(faults).length > 0) return { faults };
  return {
    input: {
      ...toCommonInput(draft, hasChannels),
      ...{ metric, levels, window: toWindow(draft) },
      ...(isRatioMetric(metric) && minCalls !== null && { minCalls }),
    },
  };
}

/** What a draft of a budget asks of the server, or what is wrong with it. */
export function readBudget(
  draft: RuleDraft,
  hasChannels: boolean,
): { input: BudgetInput } | { faults: DraftFaults } {
  const { metric, enforce } = draft;
  const amount = draft.amount.trim();
  const percents = splitList(draft.levels).map((text) => readInteger(text, MAX_PERCENT));
  const isWrong = !isDecimal(amount) || Number(amount) === 0;
  const levelPercents = percents.filter((percent) => percent !== null);
  const faults: DraftFaults = {
    ...findCommonFaults(draft),
    ...(isWrong && { amount: formMessages.formNumber }),
    ...(!isWrong && isFraction(metric, amount) && { amount: formMessages.formWhole }),
    ...((percents.includes(null) || !isList(percents)) && { levels: formMessages.formPercents }),
  };
  if (Object.keys(faults).length > 0) return { faults };
  const window = toWindow(draft) as CalendarWindow;
  const common = toCommonInput(draft, hasChannels);
  return {
    input: { ...common, metric: metric as BudgetMetric, window, amount, levelPercents, enforce },
  };
}

/** @returns the levels in the unit of the metric, and what is wrong with them */
function readLevels({ metric, levels }: RuleDraft): [string[], MessageDefinition | null] {
  const texts = splitList(levels);
  const places = PLACES[metric] ?? 0;
  const isWrong = (text: string): boolean =>
    !isDecimal(text) || (Number(text) === 0 && !isQuotaMetric(metric));
  if (!isList(texts) || texts.some(isWrong)) return [[], formMessages.formNumbers];
  if (metric === 'errorRate' && texts.some((text) => Number(text) > 100)) {
    return [[], formMessages.formPercents];
  }
  if (texts.some((text) => isFraction(metric, text))) return [[], formMessages.formWhole];
  return [texts.map((text) => shiftDecimal(text, -places)), null];
}

function findCommonFaults({ name, scope, appDid, model, window, hours }: RuleDraft): DraftFaults {
  const required = formMessages.formRequired;
  return {
    ...(name.trim() === '' && { name: required }),
    ...(scope === 'project' && appDid === '' && { appDid: required }),
    ...(scope === 'model' && model.trim() === '' && { model: required }),
    ...(window === 'rolling' &&
      readInteger(hours, MAX_HOURS) === null && { hours: formMessages.formHoursWrong }),
  };
}

function toCommonInput(
  draft: RuleDraft,
  hasChannels: boolean,
): { name: string; scope: AlertScope; enabled: boolean; channels?: AlertChannel[] } {
  const { name, enabled, channels } = draft;
  return {
    ...{ name: name.trim(), enabled, scope: toScope(draft) },
    ...(hasChannels && { channels: channels.map(toChannel) }),
  };
}

function toScope({ metric, scope, appDid, model }: RuleDraft): AlertScope {
  if (isQuotaMetric(metric) || scope === 'account') return { kind: 'account' };
  return scope === 'project' ? { kind: scope, appDid } : { kind: scope, model: model.trim() };
}

function toWindow({ window, hours, timeZone }: RuleDraft): AlertWindow {
  if (window === 'rolling') return { kind: window, hours: Number(hours) };
  return { kind: 'calendar', unit: window, timeZone };
}

function toChannel(name: string): AlertChannel {
  if (name === 'callback') return { kind: 'callback' };
  return { kind: 'webhook', webhookId: name.slice(name.indexOf(':') + 1) };
}

/** Splits at commas of any script, semicolons and spaces. */
const splitList = (text: string): string[] => text.split(/[\s,;，、；]+/u).filter(Boolean);

const isDecimal = (text: string): boolean => /^\d{1,15}(\.\d{1,8})?$/.test(text);
const isFraction = (metric: string, text: string): boolean =>
  WHOLE_METRICS.includes(metric) && /\.\d*[1-9]/.test(text);
const isList = (values: readonly unknown[]): boolean =>
  values.length > 0 && values.length <= MAX_LEVELS && new Set(values).size === values.length;

/** @returns `null` for anything but a whole number from 1 to a maximum */
function readInteger(text: string, max: number): number | null {
  const digits = text.trim();
  const value = Number(digits);
  return /^\d{1,7}$/.test(digits) && value >= 1 && value <= max ? value : null;
}

/** Moves the decimal point of a plain decimal to the right, or with negative places to the left; no digit is lost. */
function shiftDecimal(text: string, places: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = digits.padStart(digits.length - Math.min(0, point - 1), '0');
  const at = Math.max(1, point);
  const filled = padded.padEnd(at, '0');
  const head = filled.slice(0, at).replace(/^0+(?=\d)/, '');
  const tail = filled.slice(at).replace(/0+$/, '');
  return tail === '' ? head : `${head}.${tail}`;
}
