import type {
  AdviceAssumption,
  AdviceClaim,
  AdviceItem,
  AdviceKind,
  Project,
} from '@usage-kit/server-sdk/contract';
import { formatDay } from '../../format/date.js';
import { formatDuration } from '../../format/duration.js';
import { formatCount } from '../../format/number.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { adviceMessages as messages } from '../../locales/en/advice.js';
import { lookUp } from '../../utils/look-up.js';
import { nameReason } from '../../view-models/failure-reason.js';
import { toProjectName } from '../../view-models/project-name.js';
import { toAmount, toCreditAmount } from './advice-amounts.js';

/** What sentences are made with. */
export interface ClaimContext {
  localizer: Localizer;
  projects: ReadonlyMap<string, Project>;
  timeZone: string;
  /** Of the costs of claims, where the saving has none. */
  currency: string;
}

/** A claim in words, and what there is to know with it. */
export interface ClaimText {
  sentence: string;
  details: string[];
}

type Write<Kind extends AdviceKind> = (
  context: ClaimContext,
  claim: Extract<AdviceClaim, { kind: Kind }>,
  item: AdviceItem,
) => ClaimText;

const WRITERS: { readonly [Kind in AdviceKind]: Write<Kind> } = {
  failedCalls({ localizer }, { model, reason, failedCalls, calls }, item) {
    const { t, formatters } = localizer;
    const params = {
      count: formatCount(formatters, failedCalls),
      reason: nameReason(localizer, reason),
      model,
      amount: writeSaving(localizer, item),
    };
    const share = { count: formatCount(formatters, calls) };
    return {
      sentence: t(messages.adviceFailedCalls, params, failedCalls),
      details: [t(messages.adviceFailedShare, share)],
    };
  },
  retries(context, { appDid, model, repeats, failedRepeats }, item) {
    const { t, formatters } = context.localizer;
    const params = {
      count: formatCount(formatters, repeats),
      project: nameProject(context, appDid),
      model,
      amount: writeSaving(context.localizer, item),
    };
    const again = { count: formatCount(formatters, failedRepeats) };
    return {
      sentence: t(messages.adviceRetries, params, repeats),
      details: failedRepeats === 0 ? [] : [t(messages.adviceRetriesFailed, again, failedRepeats)],
    };
  },
  cacheSavings({ localizer }, { model, netSaving, coveredCalls, calls }, item) {
    const { t, formatters } = localizer;
    const sentence = netSaving.startsWith('-')
      ? messages.adviceCacheLost
      : messages.adviceCacheSaved;
    const share = {
      covered: formatCount(formatters, coveredCalls),
      count: formatCount(formatters, calls),
    };
    return {
      sentence: t(sentence, { model, amount: writeSaving(localizer, item) }),
      details: [t(messages.adviceCacheShare, share)],
    };
  },
  priceDifference({ localizer, currency }, claim, item) {
    const { t, formatters } = localizer;
    const { model, alternative, cost, alternativeCost, p95 } = claim;
    const parts = {
      cost: toAmount(localizer, cost, currency).text,
      other: toAmount(localizer, alternativeCost, currency).text,
      alternative,
    };
    const durations = p95 && {
      before: formatDuration(formatters, p95.modelMs),
      after: formatDuration(formatters, p95.alternativeMs),
      alternative,
    };
    return {
      sentence: t(messages.advicePrice, {
        model,
        alternative,
        amount: writeSaving(localizer, item),
      }),
      details: [
        t(messages.advicePriceParts, parts),
        durations ? t(messages.advicePriceP95, durations) : t(messages.advicePriceNoP95),
      ],
    };
  },
  idleProjects(context, { appDid, idleDays, calls, cost, credits }) {
    const { localizer, currency } = context;
    const { t, formatters } = localizer;
    const project = nameProject(context, appDid);
    const days = formatCount(formatters, idleDays);
    const count = formatCount(formatters, calls);
    const amount =
      cost === null
        ? credits && toCreditAmount(localizer, credits).text
        : toAmount(localizer, cost, currency).text;
    return {
      sentence: t(messages.adviceIdle, { project, days }, idleDays),
      details: [
        amount === null
          ? t(messages.adviceIdleFree, { count }, calls)
          : t(messages.adviceIdleBefore, { count, amount }, calls),
      ],
    };
  },
  expiringGrants({ localizer, timeZone }, claim) {
    const { t, formatters } = localizer;
    const { description, amount, unused, unusedAtLeast, expiresAt } = claim;
    const toText = (credits: string): string => toCreditAmount(localizer, credits).text;
    const grant = description ?? t(messages.adviceGrantName, { amount: toText(amount) });
    const date = formatDay(formatters, expiresAt, timeZone);
    return {
      sentence: t(messages.adviceGrant, { amount: toText(unused), grant, date }),
      details: [t(messages.adviceGrantLeast, { amount: toText(unusedAtLeast) })],
    };
  },
};

/** The words of a claim; `null` for a kind that only a newer server knows. */
export function writeClaim(context: ClaimContext, item: AdviceItem): ClaimText | null {
  const write = lookUp<Write<AdviceKind>>(
    WRITERS as Readonly<Record<string, Write<AdviceKind>>>,
    item.claim.kind,
  );
  return write?.(context, item.claim, item) ?? null;
}

/** The name of a project that claims or evidence name. */
export function nameProject({ localizer, projects }: ClaimContext, appDid: string): string {
  const project = projects.get(appDid) ?? { appDid, name: null, logoUrl: null, url: null };
  return toProjectName(localizer, project);
}

/** What an advice takes for granted; `null` for what only a newer server knows. */
export function writeAssumption({ t }: Localizer, assumption: AdviceAssumption): string | null {
  const message = lookUp(ASSUMPTIONS, assumption);
  return message === undefined ? null : t(message);
}

/** The sentence says whether it is a loss. */
function writeSaving(localizer: Localizer, { saving }: AdviceItem): string {
  return saving === null ? '–' : toAmount(localizer, saving.amount, saving.currency, true).text;
}

const ASSUMPTIONS: Readonly<Record<AdviceAssumption, MessageDefinition>> = {
  failuresAvoidable: messages.assumeFailures,
  retriesAvoidable: messages.assumeRetries,
  cacheListPrice: messages.assumeCache,
  sameTokensListPrice: messages.assumePrice,
  noFutureCalls: messages.assumeIdle,
  sameDailyUse: messages.assumeGrant,
};
