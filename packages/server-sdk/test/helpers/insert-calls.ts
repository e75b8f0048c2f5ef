import type { Knex } from 'knex';
import type { ModelCallInput } from '../../src/index.js';
import { splitCredits, parseCredits } from '../../src/values/amounts.js';

const CALLS_PER_STATEMENT = 100;

/** Writes calls by plain SQL, as the recorder would store them; their starts are epoch milliseconds. */
export async function insertCalls(knex: Knex, calls: readonly ModelCallInput[]): Promise<void> {
  await knex.batchInsert('model_calls', calls.map(toRow), CALLS_PER_STATEMENT);
}

function toRow(call: ModelCallInput, index: number): object {
  return {
    user_did: call.userDid,
    id: call.id ?? `call-${index}`,
    trace_id: call.traceId ?? null,
    app_did: call.appDid ?? 'unassigned',
    model: call.model,
    provider: call.provider ?? '',
    type: call.type ?? 'chatCompletion',
    status: call.status,
    started_at_ms: Number(call.startedAt),
    duration_us: toDurationUs(call),
    ...toTokens(call),
    ...toCreditColumns(call.credits),
  };
}

function toDurationUs({ status, durationMs }: ModelCallInput): number | null {
  const isKnown = status !== 'processing' && typeof durationMs === 'number';
  return isKnown ? Math.round(durationMs * 1000) : null;
}

function toTokens({ type, usage }: ModelCallInput): object {
  const { inputTokens = null, outputTokens = null } = usage ?? {};
  if (type === 'imageGeneration' || (inputTokens === null && outputTokens === null)) return {};
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: Number(inputTokens ?? 0) + Number(outputTokens ?? 0),
  };
}

/** Columns of an amount of credits. @throws Error for what is no amount */
export function toCreditColumns(credits: string | number | bigint | null | undefined): {
  credits_e8: string | null;
  credits_rest_e10: number | null;
} {
  if (credits === null || credits === undefined) {
    return { credits_e8: null, credits_rest_e10: null };
  }
  const units = parseCredits(String(credits));
  if (units === null) throw new Error(`${credits} is no amount`);
  const { creditsE8, creditsRestE10 } = splitCredits(units);
  return { credits_e8: String(creditsE8), credits_rest_e10: creditsRestE10 };
}
