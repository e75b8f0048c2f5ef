import type { CallFigures } from '../aggregates/model/call-figures.js';
import { modelKeyFromText, type ModelKey } from '../values/model-key.js';
import type { AdviceEvidence } from '../contract/advice.js';
import { toEvidence, type MinCalls } from './advice-draft.js';
import type { FindTokenRates } from './list-prices.js';
import type { RecentCall } from './recent-calls-store.js';

/** Figures of a range by model, and what models are priced and shown by. */
export interface ModelPeriod {
  /** By the text of the model's key. */
  models: ReadonlyMap<string, CallFigures>;
  /** Calls that were looked at one by one, by which projects are named as evidence. */
  recent: readonly RecentCall[];
  findRates: FindTokenRates;
  from: string;
  to: string;
  /** ISO 4217 code of the costs. */
  currency: string;
  minCalls: MinCalls;
}

/** Figures of one model. */
export interface KeyedFigures {
  key: ModelKey;
  figures: CallFigures;
}

/** The models of a period. */
export function listModels({ models }: Pick<ModelPeriod, 'models'>): KeyedFigures[] {
  return [...models].map(([text, figures]) => ({ key: modelKeyFromText(text), figures }));
}

/** Projects whose recent calls are of a model. */
export function toModelEvidence(
  { recent, from, to }: ModelPeriod,
  { model, type }: ModelKey,
): AdviceEvidence[] {
  const counts = new Map<string, number>();
  for (const call of recent) {
    if (call.model !== model || call.type !== type) continue;
    counts.set(call.appDid, (counts.get(call.appDid) ?? 0) + 1);
  }
  // Of the recent calls only: no number of the range.
  return toEvidence(counts, { model, status: null, type, from, to }).map((evidence) => ({
    ...evidence,
    calls: null,
  }));
}
