import { formatE10 } from '../values/amounts.js';
import type { StoredCall } from '../values/stored-call.js';
import { toInstant } from '../values/time.js';

const MAX_TEXT_LENGTH = 500;

/** Formats a call as it is stored as one line of JSON, without unknown values and without control characters of a terminal. */
export function formatCall(call: StoredCall): string {
  const { startedAtMs, durationUs, ttfbUs, creditsE10, costE10, metadata, errorReason } = call;
  const { userDid, id, model, type, status, appDid, provider, costSource, ...rest } = call;
  const known = {
    id,
    userDid,
    appDid,
    model,
    provider: provider === '' ? null : provider,
    type,
    status,
    startedAt: toInstant(startedAtMs),
    durationMs: durationUs === null ? null : durationUs / 1000,
    ttfbMs: ttfbUs === null ? null : ttfbUs / 1000,
    traceId: rest.traceId,
    inputTokens: rest.inputTokens,
    outputTokens: rest.outputTokens,
    totalTokens: rest.totalTokens,
    cachedInputTokens: rest.cachedInputTokens,
    cacheWriteTokens: rest.cacheWriteTokens,
    reasoningTokens: rest.reasoningTokens,
    units: rest.units,
    credits: creditsE10 === null ? null : formatE10(BigInt(creditsE10)),
    cost: costE10 === null ? null : formatE10(BigInt(costE10)),
    currency: rest.currency,
    costSource,
    priceTable: rest.priceTable,
    errorReason: errorReason?.slice(0, MAX_TEXT_LENGTH),
    metadata: metadata?.slice(0, MAX_TEXT_LENGTH),
  };
  const text = JSON.stringify(known, (_, value: unknown) => value ?? undefined);
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
    [...Array(sign.length).keys()]
      .map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
