import type { ExactInteger } from './amounts.js';
import type { CallStatus, CallType, CostSource } from '../contract/common.js';

/** A call as it is stored: one row of `model_calls`. */
export interface StoredCall {
  userDid: string;
  id: string;
  traceId: string | null;
  /** `unassigned` for a call without a project. */
  appDid: string;
  model: string;
  /** Empty when unknown. */
  provider: string;
  type: CallType;
  status: CallStatus;
  startedAtMs: number;
  durationUs: number | null;
  ttfbUs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
  /** Part of the input tokens; at most as many, as with {@link StoredCall.cacheWriteTokens} together. */
  cachedInputTokens: number | null;
  cacheWriteTokens: number | null;
  /** Part of the output tokens. */
  reasoningTokens: number | null;
  units: number | null;
  /** Units of 1e-10 credits. */
  creditsE10: ExactInteger | null;
  /** Units of 1e-10 of the currency; a safe integer. */
  costE10: number | null;
  /** ISO 4217; `null` without a cost. */
  currency: string | null;
  costSource: CostSource;
  /** Name and version of the price table that the cost is from. */
  priceTable: string | null;
  errorReason: string | null;
  /** JSON text. */
  metadata: string | null;
}
