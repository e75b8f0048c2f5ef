import { writeFilterValues } from '../../utils/filter-values.js';
import type {
  Advice,
  AdviceEvidence,
  AdviceItem,
  AdviceState,
  Project,
} from '@usage-kit/server-sdk/contract';
import { serializeQuery } from '../../client/serialize-query.js';
import { formatDay } from '../../format/date.js';
import { formatCount } from '../../format/number.js';
import type { Localizer } from '../../locales/localizer.js';
import { adviceMessages as messages } from '../../locales/en/advice.js';
import type { Figure } from '../../view-models/figure.js';
import { toSavingFigure } from './advice-amounts.js';
import type { ShownArithmetic } from './advice-arithmetic.js';
import { nameProject, writeAssumption, writeClaim, type ClaimContext } from './advice-claims.js';

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
  /** To be loaded and rendered when it is opened; `null`: there is none. */
  arithmetic: ShownArithmetic | null;
  evidence: EvidenceView[];
  /** Of a done one: what it promised, and what was measured. */
  outcome: string[];
}

/** Advice, ready to show. */
export interface AdviceListView {
  open: AdviceView[];
  /** Done and dismissed ones. */
  settled: AdviceView[];
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
  const settled = toViews(advice.items.filter(({ state }) => state !== 'open'));
  return { open, settled, notes: listNotes(advice, localizer, timeZone) };
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
    arithmetic: arithmetic && {
      arithmetic,
      currency,
      nameSubject: (subject) =>
        context.projects.has(subject) ? nameProject(context, subject) : subject,
    },
    evidence: item.evidence.map((evidence) => toEvidence(context, evidence)),
    outcome: writeOutcome(context, item),
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
  // A model's name may have a comma, which is one between two models elsewhere.
  const models = model === null ? null : writeFilterValues([model]);
  const query = serializeQuery({ model: models, status, type, from, to }).slice(1);
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
