import { TOKEN_METERED, type CallFigures, sumFigures } from '../aggregates/model/call-figures.js';
import { p95DurationMs } from '../aggregates/model/totals.js';
import type { AdviceTermName, PriceDifferenceClaim } from '../contract/advice.js';
import type { ModelKey } from '../values/model-key.js';
import {
  formatAmount,
  parseAmount,
  sumLines,
  toAmountLine,
  toArithmetic,
  toSaving,
  toTokenLine,
  type ExactLine,
} from './arithmetic.js';
import type { AdviceDraft } from './advice-draft.js';
import type { ResolvedAlternative } from './advice-options.js';
import type { TokenRates } from './list-prices.js';
import {
  listModels,
  toModelEvidence,
  type KeyedFigures,
  type ModelPeriod,
} from './model-figures.js';
import { formatE10 } from '../values/amounts.js';

/** Fewer durations of one of the two models say nothing of a 95th percentile. */
const MIN_SAMPLES = 20;

/**
 * Computes what models cost more than those that the host takes for equivalent: what their calls cost − the same tokens at the
 * list price of the other. Silent on fewer than `minCalls` calls, without a list price of the other, and where it is not
 * cheaper.
 */
export function findPriceDifferences(
  period: ModelPeriod,
  alternatives: readonly ResolvedAlternative[],
): AdviceDraft[] {
  const models = listModels(period);
  return models.flatMap((of) =>
    alternatives
      .filter(({ insteadOf }) => insteadOf === of.key.model)
      .flatMap((alternative) => compareModels(period, models, of, alternative)),
  );
}

function compareModels(
  period: ModelPeriod,
  models: readonly KeyedFigures[],
  { key, figures }: KeyedFigures,
  alternative: ResolvedAlternative,
): AdviceDraft[] {
  const { from, to, currency } = period;
  const { model, provider, type } = key;
  if (figures.calls < period.minCalls.priceDifference || !TOKEN_METERED.has(type)) return [];
  const others = findAlternative(models, alternative, type);
  const otherProvider = alternative.provider ?? getOnlyProvider(others) ?? '';
  const rates = period.findRates({ ...key, model: alternative.model, provider: otherProvider });
  const cost = computeCost(figures, () => period.findRates(key), model);
  if (rates === null || cost === null) return [];
  const otherLines = toTokenLines('subtract', alternative.model, figures, rates);
  const lines = [...cost.lines, ...otherLines];
  const amountE16 = sumLines(lines);
  if (amountE16 <= 0n) return [];
  const otherFigures = sumFigures(others.map((other) => other.figures));
  return [
    {
      subject: [model, provider, type, alternative.model, alternative.provider ?? ''],
      claim: {
        kind: 'priceDifference',
        model,
        provider: provider === '' ? null : provider,
        type,
        alternative: alternative.model,
        calls: figures.calls,
        cost: formatAmount(sumLines(cost.lines)),
        basis: cost.basis,
        alternativeCost: formatAmount(-sumLines(otherLines)),
        p95: toP95(figures, otherFigures),
      },
      arithmetic: toArithmetic('money', lines),
      saving: toSaving(amountE16, currency, { from, to }),
      evidence: toModelEvidence(period, key),
      assumption: 'sameTokensListPrice',
      basedOn: { calls: figures.calls, days: null, from, to },
      // Calls of both, since calls of the one become calls of the other.
      basis: { unit: 'money', amountE16, calls: figures.calls + otherFigures.calls },
    },
  ];
}

/** What was called of the other model already. */
function findAlternative(
  models: readonly KeyedFigures[],
  { model, provider }: ResolvedAlternative,
  type: ModelKey['type'],
): KeyedFigures[] {
  return models.filter(
    ({ key }) =>
      key.model === model && key.type === type && (provider === null || provider === key.provider),
  );
}

function getOnlyProvider(models: readonly KeyedFigures[]): string | null {
  const providers = new Set(models.map(({ key }) => key.provider));
  const [only] = providers;
  return providers.size === 1 && only !== undefined ? only : null;
}

interface ModelCost {
  basis: PriceDifferenceClaim['basis'];
  lines: ExactLine[];
}

/** As measured where every call has a cost and tokens, else at list price; `null` without either. */
function computeCost(
  figures: CallFigures,
  findRates: () => TokenRates | null,
  model: string,
): ModelCost | null {
  const { calls, costCalls, inputTokenCalls, outputTokenCalls } = figures;
  const isMeasured = [costCalls, inputTokenCalls, outputTokenCalls].every(
    (known) => known === calls,
  );
  if (isMeasured) {
    const costE16 = parseAmount(formatE10(BigInt(figures.cost)));
    const term = { name: 'cost', unit: 'money' } as const;
    return { basis: 'measured', lines: [toAmountLine('add', model, term, costE16)] };
  }
  const rates = findRates();
  return rates && { basis: 'list', lines: toTokenLines('add', model, figures, rates) };
}

/** Every token once: cached, written and reasoning ones are parts of the others. */
function toTokenLines(
  operation: ExactLine['line']['operation'],
  subject: string,
  figures: CallFigures,
  rates: TokenRates,
): ExactLine[] {
  const { cachedInputTokens, cacheWriteTokens, reasoningTokens } = figures;
  const parts: readonly (readonly [AdviceTermName, number, bigint])[] = [
    ['inputTokens', figures.inputTokens - cachedInputTokens - cacheWriteTokens, rates.input],
    ['cachedInputTokens', cachedInputTokens, rates.cachedInput],
    ['cacheWriteTokens', cacheWriteTokens, rates.cacheWrite],
    ['outputTokens', figures.outputTokens - reasoningTokens, rates.output],
    ['reasoningTokens', reasoningTokens, rates.reasoning],
  ];
  return parts.map(([name, count, perMillionE10]) =>
    toTokenLine({
      operation,
      subject,
      tokens: { name, count: Math.max(0, count) },
      price: { name: 'price', perMillionE10 },
    }),
  );
}

function toP95(figures: CallFigures, other: CallFigures): PriceDifferenceClaim['p95'] {
  const [modelSamples, alternativeSamples] = [figures.durationSamples, other.durationSamples];
  if (Math.min(modelSamples, alternativeSamples) < MIN_SAMPLES) return null;
  const [modelMs, alternativeMs] = [p95DurationMs(figures), p95DurationMs(other)];
  if (modelMs === null || alternativeMs === null) return null;
  return { modelMs, alternativeMs, modelSamples, alternativeSamples };
}
