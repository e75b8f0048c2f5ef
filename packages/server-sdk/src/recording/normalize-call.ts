import type { ModelCallInput } from '../contract/call-input.js';
import {
  CALL_STATUSES,
  CALL_TYPES,
  UNASSIGNED_APP_DID,
  type CallStatus,
  type CallType,
} from '../contract/common.js';
import { TOKEN_METERED } from '../aggregates/model/call-figures.js';
import { CallFields, isEmpty, type CallFault, type UnknownFields } from './call-fields.js';
import { DEFAULT_CREDIT_DECIMALS, type CreditDecimals } from '../values/amounts.js';
import type { StoredCall } from '../values/stored-call.js';

/** Fields of a call as a caller records it; the one list of them. */
export const CALL_INPUT_FIELDS = [
  'id',
  'traceId',
  'userDid',
  'appDid',
  'model',
  'provider',
  'type',
  'status',
  'startedAt',
  'durationMs',
  'ttfbMs',
  'usage',
  'credits',
  'cost',
  'currency',
  'costSource',
  'errorReason',
  'metadata',
] as const satisfies readonly (keyof ModelCallInput)[];
export type CallInputField = (typeof CALL_INPUT_FIELDS)[number];

/** Fields of `usage`. */
export const USAGE_FIELDS = [
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'units',
  'cachedInputTokens',
  'cacheWriteTokens',
  'reasoningTokens',
] as const satisfies readonly (keyof NonNullable<ModelCallInput['usage']>)[];
export type UsageField = (typeof USAGE_FIELDS)[number];

/** A call in the stored form with its warnings, or the faults that refuse it. */
export type NormalizedCall =
  { call: StoredCall; warnings: CallFault[] } | { faults: CallFault[]; warnings: CallFault[] };

/**
 * Validates a call of a caller and converts it to the stored form. Reads each member once; the result shares no object with
 * the input, which the caller may change later.
 *
 * @param input anything; only a {@link ModelCallInput} passes
 * @param newId makes the id of a call that has none
 * @param creditDecimals that credits are rounded to
 */
export function normalizeCall(
  input: unknown,
  newId: () => string,
  unknownFields: UnknownFields = 'refuse',
  creditDecimals: CreditDecimals = DEFAULT_CREDIT_DECIMALS,
): NormalizedCall {
  const check = new CallFields(creditDecimals, unknownFields);
  const { warnings, faults } = check;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    check.fault('call', 'must be an object');
    return { faults, warnings };
  }
  const call = readCall(check.members(input, CALL_INPUT_FIELDS), check, newId);
  return faults.length === 0 ? { call, warnings } : { faults, warnings };
}

function readCall(
  input: Partial<Record<CallInputField, unknown>>,
  check: CallFields,
  newId: () => string,
): StoredCall {
  const status = check.requiredWord('status', input.status, CALL_STATUSES, 'processing');
  const type = check.optionalWord('type', input.type, CALL_TYPES, {
    missing: 'chatCompletion',
    other: 'custom',
  });
  const ended = status !== 'processing';
  return {
    userDid: check.requiredText('userDid', input.userDid),
    id: isEmpty(input.id) ? newId() : check.requiredText('id', input.id),
    traceId: check.optionalText('traceId', input.traceId, null),
    appDid: check.optionalText(
      'appDid',
      input.appDid,
      UNASSIGNED_APP_DID,
      `the call is counted as ${UNASSIGNED_APP_DID}`,
    ),
    model: check.requiredText('model', input.model),
    provider: check.optionalText('provider', input.provider, ''),
    type,
    status,
    startedAtMs: check.startedAt(input.startedAt),
    durationUs: ended ? check.microseconds('durationMs', input.durationMs) : null,
    ttfbUs: check.microseconds('ttfbMs', input.ttfbMs),
    ...readUsage(input.usage, type, check),
    creditsE10: check.credits(input.credits),
    ...readCost(input, ended, check),
    errorReason: check.errorReason(input.errorReason),
    metadata: check.metadata(input.metadata),
  };
}

type StoredCost = Pick<StoredCall, 'costE10' | 'currency' | 'costSource' | 'priceTable'>;

const UNKNOWN_COST: StoredCost = {
  costE10: null,
  currency: null,
  costSource: 'unknown',
  priceTable: null,
};

/** A cost in a currency that is not known is not known; one without a currency is in that of the database. */
function readCost(
  input: Partial<Record<CallInputField, unknown>>,
  ended: boolean,
  check: CallFields,
): StoredCost {
  const costE10 = ended ? check.cost(input.cost) : null;
  if (costE10 === null) return UNKNOWN_COST;
  const currency = check.currency(input.currency);
  if (currency === null && !isEmpty(input.currency)) return UNKNOWN_COST;
  const costSource = check.optionalWord('costSource', input.costSource, ['reported', 'host'], {
    missing: 'host',
    other: 'host',
  });
  return { costE10, currency, costSource, priceTable: null };
}

type TokenField = Exclude<UsageField, 'units'>;
type StoredUsage = Pick<StoredCall, UsageField>;

const NO_TOKENS: Record<TokenField, null> = {
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
};

function readUsage(usage: unknown, type: CallType, check: CallFields): StoredUsage {
  const given = readUsageMembers(usage, check);
  const inputTokens = check.count('usage.inputTokens', given.inputTokens);
  const outputTokens = check.count('usage.outputTokens', given.outputTokens);
  const reported = check.count('usage.totalTokens', given.totalTokens);
  const units = check.quantity('usage.units', given.units);
  const totalTokens = reported ?? sumKnown(inputTokens, outputTokens);
  if (!TOKEN_METERED.has(type)) return { ...NO_TOKENS, units: units ?? totalTokens };
  const cached = readParts(given, ['cachedInputTokens', 'cacheWriteTokens'], inputTokens, check);
  const reasoning = readParts(given, ['reasoningTokens'], outputTokens, check);
  return { inputTokens, outputTokens, totalTokens, ...cached, ...reasoning, units };
}

/** Reads parts of a number of tokens. Together they are at most as many: otherwise one of the numbers is wrong. */
function readParts<Part extends UsageField>(
  given: Partial<Record<UsageField, unknown>>,
  names: readonly Part[],
  whole: number | null,
  check: CallFields,
): Record<Part, number | null> {
  const parts = names.map((name) => [name, check.count(`usage.${name}`, given[name])] as const);
  const known = parts.filter(([, tokens]) => tokens !== null);
  const sum = known.reduce((tokens, [, part]) => tokens + (part ?? 0), 0);
  const isSound = known.length === 0 || (whole !== null && sum <= whole);
  if (!isSound) {
    const fault =
      whole === null
        ? 'is a part of tokens that are unknown'
        : `exceeds the ${whole} tokens it is a part of`;
    for (const [name] of known) check.warn(`usage.${name}`, `${fault}; it is unknown now`);
  }
  const entries = parts.map(([name, tokens]) => [name, isSound ? tokens : null]);
  return Object.fromEntries(entries) as Record<Part, number | null>;
}

function readUsageMembers(usage: unknown, check: CallFields): Partial<Record<UsageField, unknown>> {
  if (usage === undefined || usage === null) return {};
  if (typeof usage === 'object' && !Array.isArray(usage)) {
    return check.members(usage, USAGE_FIELDS, 'usage.');
  }
  check.warn('usage', 'must be an object; it is unknown now');
  return {};
}

/** `null` only when both are. */
function sumKnown(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}

/** Whether `next` may replace `stored`: a call ends once, so a late "processing" does not reopen it. */
export function mayReplace(stored: CallStatus, next: CallStatus): boolean {
  return !(next === 'processing' && stored !== 'processing');
}
