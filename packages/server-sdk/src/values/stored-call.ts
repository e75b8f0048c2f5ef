import type { CallStatus, CallType } from '../contract/common.js';

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
  units: number | null;
  /** Units of 1e-8 credits; a safe integer. */
  creditsE8: number | null;
  errorReason: string | null;
  /** JSON text. */
  metadata: string | null;
}
