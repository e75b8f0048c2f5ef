import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { requireFromHost } from '../runtime/host-package.js';
import { requireKnownKeys } from '../values/require-known-keys.js';
import type { CallToPrice, PriceSource } from './price-source.js';

/** How the public price list is used. */
export interface GenaiPricesOptions {
  /** The package, where a bundler needs it to be imported by the host. @default `@pydantic/genai-prices` of the host */
  module?: GenaiPricesModule;
  /** Its version, which is stored with each call. Required with `module`. */
  version?: string;
  /**
   * Parts of the list price that calls of a service tier cost, e.g. `{ batch: 0.5, flex: 0.5 }`.
   * @default a call of another tier than the standard has no known price
   */
  serviceTiers?: Readonly<Record<string, number>>;
  /** Translates the host's names of providers to the list's, e.g. `17` to `openai`. @default the names as they are */
  provider?: (call: CallToPrice) => string | null;
}

/** The parts of `@pydantic/genai-prices` that are used. */
export interface GenaiPricesModule {
  calcPrice: (
    usage: Record<string, number | undefined>,
    modelId: string,
    // `any`: the package's own type of a provider, which its result has.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    options: { providerId?: string; provider?: any; timestamp: Date },
  ) => { total_price: number; provider: { models: unknown[] }; model: unknown } | null;
}

const PACKAGE = '@pydantic/genai-prices';
/** Models whose place in the list is remembered: searching it takes four times as long as computing a price. */
const MAX_MODELS = 500;

/**
 * Makes a source of prices from the public list of the package `@pydantic/genai-prices`, which the host installs and updates.
 * Knows prices of the past, tiers by context length, and those of cached tokens; all in US dollars. Models and providers that it
 * does not know, and calls that are not metered in tokens, have no price.
 *
 * @throws Error when the package is not installed
 * @throws TypeError for an unknown option, or a module without its version
 * @see https://github.com/pydantic/genai-prices
 */
export function genaiPrices(options: GenaiPricesOptions = {}): PriceSource {
  requireKnownKeys(options, ['module', 'version', 'serviceTiers', 'provider'], 'genaiPrices');
  const { serviceTiers = {}, provider = (call) => call.provider } = options;
  const { module, version } = loadModule(options);
  const table = `genai-prices@${version}`;
  const known = new LRUCache<string, { models: unknown[] }>({ max: MAX_MODELS });
  return (call) => {
    const part = call.serviceTier === null ? 1 : serviceTiers[call.serviceTier];
    const usage = toUsage(call);
    if (part === undefined || usage === null) return null;
    const providerId = provider(call);
    const key = JSON.stringify([providerId, call.model]);
    const place = known.get(key);
    const found = module.calcPrice(usage, call.model, {
      timestamp: call.startedAt,
      ...(place ? { provider: place } : providerId !== null && { providerId }),
    });
    if (found === null) return null;
    if (!place) known.set(key, { ...found.provider, models: [found.model] });
    return { cost: found.total_price * part, currency: 'USD', table };
  };
}

/** `null` where the amounts that have a price are unknown. */
function toUsage(call: CallToPrice): Record<string, number> | null {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens } = call;
  if (inputTokens === null && outputTokens === null) return null;
  // Embeddings have no output; every other call without one of the two has an unknown cost.
  if (inputTokens === null || (outputTokens === null && call.type !== 'embedding')) return null;
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens ?? 0,
    ...(cachedInputTokens !== null && { cache_read_tokens: cachedInputTokens }),
    ...(cacheWriteTokens !== null && { cache_write_tokens: cacheWriteTokens }),
  };
}

function loadModule({ module, version }: GenaiPricesOptions): {
  module: GenaiPricesModule;
  version: string;
} {
  if (module) {
    if (version !== undefined) return { module, version };
    throw new TypeError('genaiPrices.version is required with module: it is stored with each call');
  }
  const { file, exports } = requireFromHost(PACKAGE);
  const manifest = readFileSync(join(dirname(file), '..', 'package.json'), 'utf8');
  const { version: installed } = JSON.parse(manifest) as { version: string };
  return { module: exports as GenaiPricesModule, version: version ?? installed };
}
