import { createHash } from 'node:crypto';
import type {
  AdviceArithmetic,
  AdviceClaim,
  AdviceEvidence,
  AdviceItem,
} from '../contract/advice.js';

/** A found advice, before it is known what the user did with it. */
export interface AdviceDraft extends Pick<
  AdviceItem,
  'claim' | 'saving' | 'evidence' | 'assumption' | 'basedOn'
> {
  /** What, with the kind, names the advice whatever the range: models, projects, reasons. */
  subject: readonly string[];
  arithmetic: AdviceArithmetic | null;
  /** What a later measurement is compared with; `null`: none can be made. */
  basis: AdviceBasis | null;
}

/** An amount and the calls that it is of. */
export interface AdviceBasis {
  unit: 'money' | 'credits';
  /** Units of 1e-16: lost by the calls, negative where they saved. */
  amountE16: bigint;
  calls: number;
}

/** Fewer calls of a kind than this say nothing, and nothing is said. @see docs/adr/0028-advice.md */
export const MIN_CALLS = {
  /** Failed calls of one model for one reason. */
  failedCalls: 5,
  /** Repeats of one model in one project. */
  retries: 5,
  /** Calls of one model that reported cached tokens. */
  cacheSavings: 20,
  /** Calls of one model that another can replace. */
  priceDifference: 50,
  /** Calls of a project before it fell idle. */
  idleProjects: 20,
} as const;

/** How many calls each kind needs. */
export type MinCalls = Readonly<Record<keyof typeof MIN_CALLS, number>>;

/** No minimum, for what is measured afterwards. */
export const NO_MIN_CALLS: MinCalls = {
  failedCalls: 0,
  retries: 0,
  cacheSavings: 0,
  priceDifference: 0,
  idleProjects: 0,
};

/** Names an advice: a digest, so that it is the same on every instance and tells nothing of the user or the subject. */
export function createAdviceId(
  userDid: string,
  kind: AdviceClaim['kind'],
  subject: readonly string[],
): string {
  const text = JSON.stringify([userDid, kind, ...subject]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** The form of {@link createAdviceId}. */
export const ADVICE_ID = /^[\w-]{22}$/;

const MAX_EVIDENCE = 5;

/** Evidence by project, those with the most calls first. @param calls numbers of calls by project */
export function toEvidence(
  calls: ReadonlyMap<string, number>,
  filter: Omit<AdviceEvidence, 'appDid' | 'calls'>,
): AdviceEvidence[] {
  return [...calls]
    .sort(([a, of], [b, other]) => other - of || (a < b ? -1 : 1))
    .slice(0, MAX_EVIDENCE)
    .map(([appDid, count]) => ({ appDid, ...filter, calls: count }));
}
