import type { ModelCallInput } from '../contract/call-input.js';

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
