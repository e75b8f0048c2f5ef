import { requireKnownKeys } from '../values/require-known-keys.js';

/** A model that the host takes for equivalent to others: prices are arithmetic, quality is the host's word. */
export interface AdviceAlternative {
  /** The model that can be used instead. */
  model: string;
  /** Its provider, by which price lists find it. @default any */
  provider?: string;
  /** The models that it can replace, exactly as calls name them. */
  insteadOf: string | readonly string[];
}

/** What advice is given about. */
export interface AdviceOptions {
  /**
   * Models that are equivalent for the host's purposes, at most 100. Price differences are only computed to these, by
   * `pricing.prices`. @default none: no price difference is computed
   */
  alternatives?: readonly AdviceAlternative[];
}

/** A checked alternative to one model. */
export interface ResolvedAlternative {
  model: string;
  /** `null`: any. */
  provider: string | null;
  insteadOf: string;
}

/** The option `advice`, checked. */
export interface ResolvedAdvice {
  alternatives: readonly ResolvedAlternative[];
}

/** Advice without options. */
export const DEFAULT_ADVICE: ResolvedAdvice = { alternatives: [] };

const MAX_ALTERNATIVES = 100;

/** Checks the option `advice`. @throws TypeError that names the member at fault */
export function resolveAdvice(options: AdviceOptions): ResolvedAdvice {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null) {
    throw new TypeError('advice must be an object');
  }
  requireKnownKeys(options, ['alternatives'], 'advice');
  const alternatives: unknown = options.alternatives ?? [];
  if (!Array.isArray(alternatives)) throw new TypeError('advice.alternatives must be a list');
  const resolved = alternatives.flatMap((alternative: unknown, index) =>
    resolveAlternative(alternative, `advice.alternatives[${index}]`),
  );
  if (resolved.length > MAX_ALTERNATIVES) {
    throw new TypeError(`advice.alternatives must be at most ${MAX_ALTERNATIVES}`);
  }
  return { alternatives: resolved };
}

function resolveAlternative(value: unknown, path: string): ResolvedAlternative[] {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`${path} must be an object`);
  }
  requireKnownKeys(value, ['model', 'provider', 'insteadOf'], path);
  const { model, provider, insteadOf } = value as Record<keyof AdviceAlternative, unknown>;
  const name = requireName(model, `${path}.model`);
  const replaced = [insteadOf].flat().map((each) => requireName(each, `${path}.insteadOf`));
  if (replaced.length === 0) throw new TypeError(`${path}.insteadOf must name a model`);
  if (replaced.includes(name)) {
    throw new TypeError(`${path}.insteadOf must name other models than ${JSON.stringify(name)}`);
  }
  return replaced.map((each) => ({
    model: name,
    provider: provider === undefined ? null : requireName(provider, `${path}.provider`),
    insteadOf: each,
  }));
}

function requireName(value: unknown, path: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`${path} must be a name`);
}
