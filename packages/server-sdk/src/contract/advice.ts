import type {
  CallStatus,
  CallType,
  DecimalString,
  Freshness,
  Instant,
  Project,
  Range,
} from './common.js';
import type { UnavailableReason } from './quota.js';

/** Kinds of advice. */
export const ADVICE_KINDS = [
  'failedCalls',
  'retries',
  'cacheSavings',
  'priceDifference',
  'idleProjects',
  'expiringGrants',
] as const;
export type AdviceKind = (typeof ADVICE_KINDS)[number];

/** Why calls failed, by their error reason; the text itself is in no advice. */
export const FAILURE_REASONS = [
  'rateLimit',
  'timeout',
  'authentication',
  'contextLength',
  'contentFilter',
  'quota',
  'network',
  'server',
  'invalidRequest',
  'cancelled',
  'abandoned',
  'other',
  'unknown',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** What an advice takes for granted, which elements say in words. */
export const ADVICE_ASSUMPTIONS = [
  'failuresAvoidable',
  'retriesAvoidable',
  'cacheListPrice',
  'sameTokensListPrice',
  'noFutureCalls',
  'sameDailyUse',
] as const;
export type AdviceAssumption = (typeof ADVICE_ASSUMPTIONS)[number];

/** What a user did with an advice. */
export const ADVICE_STATES = ['open', 'dismissed', 'done'] as const;
export type AdviceState = (typeof ADVICE_STATES)[number];

/** What the value of a term counts. */
export const ADVICE_UNITS = [
  'calls',
  'tokens',
  'days',
  'money',
  'credits',
  'moneyPerMillionTokens',
  'creditsPerDay',
] as const;
export type AdviceUnit = (typeof ADVICE_UNITS)[number];

/** Known cost and credits of calls, each exact; `null` where none is known. */
export interface AdviceCost {
  cost: DecimalString | null;
  credits: DecimalString | null;
}

/** Calls of a model failed for a reason, and cost something all the same. */
export interface FailedCallsClaim extends AdviceCost {
  kind: 'failedCalls';
  model: string;
  reason: FailureReason;
  /** Calls that failed for the reason. */
  failedCalls: number;
  /** Calls of the model, whatever became of them. */
  calls: number;
}

/** Calls of a model repeated failed ones, and cost something. */
export interface RetriesClaim extends AdviceCost {
  kind: 'retries';
  appDid: string;
  model: string;
  /** Calls that repeat a failed one. */
  repeats: number;
  /** Of those, which failed again. */
  failedRepeats: number;
  /** Calls of the model in the project. */
  calls: number;
}

/** What the prompt cache of a provider saved, net of writing to it. */
export interface CacheSavingsClaim {
  kind: 'cacheSavings';
  model: string;
  provider: string | null;
  type: CallType;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  /** Calls that reported cached tokens, which the figures are of. */
  coveredCalls: number;
  /** All calls of the model that ended. */
  calls: number;
  /** Negative: writing cost more than reading saved. */
  netSaving: DecimalString;
}

/** What the same tokens cost with a model that the host takes for equivalent. */
export interface PriceDifferenceClaim {
  kind: 'priceDifference';
  model: string;
  provider: string | null;
  type: CallType;
  alternative: string;
  calls: number;
  /** What the calls cost: as measured, where each has a cost and tokens, else at list price. */
  cost: DecimalString;
  basis: 'measured' | 'list';
  /** What their tokens cost with the alternative, at its list price. */
  alternativeCost: DecimalString;
  /** P95 durations in the range, milliseconds; `null` unless both models have enough samples. */
  p95: {
    modelMs: number;
    alternativeMs: number;
    modelSamples: number;
    alternativeSamples: number;
  } | null;
}

/** A project that was called regularly, and no more. */
export interface IdleProjectsClaim extends AdviceCost {
  kind: 'idleProjects';
  appDid: string;
  lastCallAt: Instant;
  /** Whole days without a call. */
  idleDays: number;
  /** Calls of the range before it fell idle, which cost and credits are of. */
  calls: number;
}

/** Credits that will expire unused at the present rate. */
export interface ExpiringGrantsClaim {
  kind: 'expiringGrants';
  grantId: string;
  description: string | null;
  expiresAt: Instant;
  /** Granted. */
  amount: DecimalString;
  /** What is left of it. */
  left: DecimalString;
  /** What will be left of it when it expires. */
  unused: DecimalString;
  /** The same at the fastest pace that the use of the recent days allows. */
  unusedAtLeast: DecimalString;
  /** Credits used a day, on average. */
  dailyUse: DecimalString;
}

/** What an advice says, as data; elements make the sentence. */
export type AdviceClaim =
  | FailedCallsClaim
  | RetriesClaim
  | CacheSavingsClaim
  | PriceDifferenceClaim
  | IdleProjectsClaim
  | ExpiringGrantsClaim;

/** Names of terms, which elements have words for. */
export const ADVICE_TERMS = [
  'failedCalls',
  'repeats',
  'cost',
  'otherCost',
  'cachedInputTokens',
  'cacheWriteTokens',
  'inputTokens',
  'outputTokens',
  'reasoningTokens',
  'readDiscount',
  'writeSurcharge',
  'price',
  'left',
  'dailyUse',
  'days',
  'usedByEarlierGrants',
] as const;
export type AdviceTermName = (typeof ADVICE_TERMS)[number];

/** A number of the arithmetic. */
export interface AdviceTerm {
  name: AdviceTermName;
  value: DecimalString;
  unit: AdviceUnit;
}

/** The product of its factors, which is added or subtracted. Prices are of a million tokens. */
export interface AdviceLine {
  operation: 'add' | 'subtract';
  /** What the line is of: a model or a project; `null` where that is clear. */
  subject: string | null;
  factors: AdviceTerm[];
  /** The product. */
  amount: DecimalString;
}

/** How a result is computed: the sum of its lines, exactly. */
export interface AdviceArithmetic {
  unit: 'money' | 'credits';
  lines: AdviceLine[];
  result: DecimalString;
}

/** What following the advice would have saved in the range, or what will be lost without it. */
export interface AdviceSaving {
  amount: DecimalString;
  unit: 'money' | 'credits';
  /** ISO 4217; `null` for credits. */
  currency: string | null;
  /** What the amount is of. */
  period: { from: Instant; to: Instant };
}

/** Filters of `GET /projects/:appDid/calls` that list calls which the advice is about. */
export interface AdviceEvidence {
  appDid: string;
  model: string | null;
  status: CallStatus | null;
  type: CallType | null;
  from: Instant;
  to: Instant;
  /** How many calls of the project the advice counts; `null` where that is not known. */
  calls: number | null;
}

/** What was saved since an advice was done. */
export interface AdviceOutcome {
  doneAt: Instant;
  /** What the advice promised; `null` where nothing can be said. */
  promised: AdviceSaving | null;
  /**
   * What was saved for as many calls as the promise was made for, by the same arithmetic; `null` until there are enough calls,
   * and where it cannot be measured.
   */
  measured: AdviceSaving | null;
  /** Calls since, which `measured` is computed from. */
  calls: number;
}

/** One piece of advice. */
export interface AdviceItem {
  /** The same for the same user and subject, whatever the range. */
  id: string;
  claim: AdviceClaim;
  arithmetic: AdviceArithmetic | null;
  /** `null` where none can be said. Savings overlap: they do not add up. */
  saving: AdviceSaving | null;
  /** Projects with the most such calls first, at most five. */
  evidence: AdviceEvidence[];
  assumption: AdviceAssumption;
  /** Calls or days that the claim is computed from. */
  basedOn: { calls: number | null; days: number | null; from: Instant; to: Instant };
  state: AdviceState;
  /** Of a done advice, which is shown as it was then. */
  outcome: AdviceOutcome | null;
}

/** A kind of advice that could not be looked for. */
export interface UnavailableAdvice {
  kind: AdviceKind;
  /** `noPrices`, `noAlternatives`: the host's options name none; `projects`: the token is for some projects only. */
  reason: UnavailableReason | 'noPrices' | 'noAlternatives' | 'projects' | 'tooManyGrants';
}

/** `GET /advice`, open ones first, each with the largest saving first; nothing where too little is known. */
export interface Advice {
  items: AdviceItem[];
  /** How many more there are of the kinds that have more than ten. */
  omitted: number;
  unavailable: UnavailableAdvice[];
  /** The projects that the items name. */
  projects: Project[];
  /** What was looked at. */
  basedOn: {
    /** Calls of the range. */
    calls: number;
    /** Calls that were looked at one by one, for failures and repeats: the newest from `callsFrom` on. */
    callsRead: number;
    callsFrom: Instant;
    /** Whether the range has earlier calls that were not. */
    truncated: boolean;
  };
  range: Range;
  freshness: Freshness;
}
