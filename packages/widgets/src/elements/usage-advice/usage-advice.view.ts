import type {
  Advice,
  AdviceEvidence,
  AdviceItem,
  AdviceLine,
  AdviceState,
  Project,
} from '@usage-kit/server-sdk/contract';
import { serializeQuery } from '../../client/serialize-query.js';
import { formatDay } from '../../format/date.js';
import { formatCount } from '../../format/number.js';
import type { Localizer } from '../../locales/localizer.js';
import { adviceMessages as messages } from '../../locales/en/advice.js';
import type { Figure } from '../../view-models/figure.js';
import { toSavingFigure, writeAmount, writeTerm } from './advice-amounts.js';
import { nameProject, writeAssumption, writeClaim, type ClaimContext } from './advice-claims.js';

/** One line of the arithmetic, ready to show. */
export interface LineView {
  sign: string;
  /** Factors, joined by `×`. */
  product: string;
  /** What the line is of, empty where that is clear. */
  subject: string;
  amount: string;
}

/** A link to calls. */
export interface EvidenceView {
  evidence: AdviceEvidence;
  label: string;
  /** `model=…&status=…`, as the pages write it. */
  query: string;
}

/** An advice, ready to show. */
export interface AdviceView {
  id: string;
  state: AdviceState;
  sentence: string;
  details: string[];
  assumption: string | null;
  saving: Figure | null;
  isLoss: boolean;
  lines: LineView[];
  result: string | null;
  evidence: EvidenceView[];
  /** Of a done one: what it promised, and what was measured. */
  outcome: string[];
}

/** Advice, ready to show. */
export interface AdviceListView {
  open: AdviceView[];
  /** Done and dismissed ones. */
  kept: AdviceView[];
  /** What was not looked at, and how the figures are to be read. */
  notes: string[];
}

/** Settings that the view depends on, apart from the response. */
export interface AdviceViewSettings {
  timeZone: string;
  /** Items that a person changed since they were loaded, by id: they stay where they are. */
  changed: ReadonlyMap<string, AdviceItem>;
}

/** Advice in words. */
export function toAdviceView(
  advice: Advice,
  localizer: Localizer,
  { timeZone, changed }: AdviceViewSettings,
): AdviceListView {
  const projects = new Map(
    advice.projects.map((project): [string, Project] => [project.appDid, project]),
  );
  const currency = advice.items.find(({ saving }) => saving?.currency != null)?.saving?.currency;
  const context: ClaimContext = { localizer, projects, timeZone, currency: currency ?? 'USD' };
  const toViews = (items: readonly AdviceItem[]): AdviceView[] =>
    items.flatMap((item) => toItemView(context, changed.get(item.id) ?? item) ?? []);
  const open = toViews(advice.items.filter(({ state }) => state === 'open'));
  const kept = toViews(advice.items.filter(({ state }) => state !== 'open'));
  return { open, kept, notes: listNotes(advice, localizer, timeZone) };
}

function toItemView(context: ClaimContext, item: AdviceItem): AdviceView | null {
  const claim = writeClaim(context, item);
  if (claim === null) return null;
  const { localizer } = context;
  const { saving, arithmetic } = item;
  const currency = saving?.currency ?? context.currency;
  return {
    id: item.id,
    state: item.state,
    ...claim,
    assumption: writeAssumption(localizer, item.assumption),
    saving: saving && toSavingFigure(localizer, saving),
    isLoss: saving?.amount.startsWith('-') === true,
    lines: arithmetic?.lines.map((line) => toLine(context, line, arithmetic.unit, currency)) ?? [],
    result: arithmetic && writeAmount(localizer, arithmetic.result, arithmetic.unit, currency),
    evidence: item.evidence.map((evidence) => toEvidence(context, evidence)),
    outcome: writeOutcome(context, item),
  };
}

function toLine(
  context: ClaimContext,
  line: AdviceLine,
  unit: 'money' | 'credits',
  currency: string,
): LineView {
  const { localizer, projects } = context;
  const { operation, subject, factors, amount } = line;
  return {
    sign: operation === 'add' ? '+' : '−',
    product: factors.map((term) => writeTerm(localizer, term, currency)).join(' × '),
    subject:
      subject === null || !projects.has(subject) ? (subject ?? '') : nameProject(context, subject),
    amount: writeAmount(localizer, amount, unit, currency),
  };
}

function toEvidence(context: ClaimContext, evidence: AdviceEvidence): EvidenceView {
  const { t, formatters } = context.localizer;
  const { appDid, calls, model, status, type, from, to } = evidence;
  const project = nameProject(context, appDid);
  const label =
    calls === null
      ? t(messages.adviceEvidenceUnknown, { project })
      : t(messages.adviceEvidence, { project, count: formatCount(formatters, calls) }, calls);
  const query = serializeQuery({ model, status, type, from, to }).slice(1);
  return { evidence, label, query };
}

function writeOutcome({ localizer, timeZone }: ClaimContext, { outcome }: AdviceItem): string[] {
  if (outcome === null) return [];
  const { t, formatters } = localizer;
  const { doneAt, promised, measured, calls } = outcome;
  const count = formatCount(formatters, calls);
  const date = formatDay(formatters, doneAt, timeZone);
  const formatSaving = (saving: typeof promised): string =>
    saving === null ? '–' : toSavingFigure(localizer, saving).text;
  return [
    t(messages.advicePromised, { amount: formatSaving(promised) }),
    measured === null
      ? t(messages.adviceNotMeasured, { count, date }, calls)
      : t(messages.adviceMeasured, { count, date, amount: formatSaving(measured) }, calls),
  ];
}

function listNotes(advice: Advice, { t, formatters }: Localizer, timeZone: string): string[] {
  const { basedOn, omitted, items } = advice;
  const open = items.filter(({ state }) => state === 'open');
  const notes = listUnavailable(advice).map((message) => t(message));
  if (omitted > 0) {
    notes.unshift(t(messages.adviceOmitted, { count: formatCount(formatters, omitted) }, omitted));
  }
  if (basedOn.truncated) {
    const count = formatCount(formatters, basedOn.callsRead);
    const date = formatDay(formatters, basedOn.callsFrom, timeZone);
    notes.unshift(t(messages.adviceTruncated, { count, date }));
  }
  return open.filter(({ saving }) => saving !== null).length > 1
    ? [t(messages.adviceOverlap), ...notes]
    : notes;
}

/** Why some kinds were not looked at, each reason once; a host without a payment system misses nothing. */
function listUnavailable({ unavailable }: Advice): (typeof messages)[keyof typeof messages][] {
  const reasons = new Set(unavailable.map(({ reason }) => reason));
  return [
    ...(reasons.has('noPrices') ? [messages.adviceNoPrices] : []),
    ...(reasons.has('noAlternatives') ? [messages.adviceNoAlternatives] : []),
    ...(reasons.has('noAnswer') ? [messages.adviceNoGrants] : []),
  ];
}
