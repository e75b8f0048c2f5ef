import type { Rng } from './rng.js';

/** A standard normal draw (Box–Muller). */
function normal(rng: Rng): number {
  // 1 - x keeps the logarithm away from zero.
  return Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}

/** A log-normal draw: `median` in any unit, `sigma` the spread of its logarithm. */
export function logNormal(rng: Rng, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(rng));
}

/** A Pareto draw of at least `minimum`: the smaller `alpha`, the heavier the tail. */
export function pareto(rng: Rng, minimum: number, alpha: number): number {
  return minimum / (1 - rng()) ** (1 / alpha);
}

/** How many events happen when `mean` are expected (Knuth below 30, the normal approximation above). */
export function poisson(rng: Rng, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(rng)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = rng(); product > limit; product *= rng()) count += 1;
  return count;
}

/** A whole number in `[minimum, maximum]`. */
export function integer(rng: Rng, minimum: number, maximum: number): number {
  return minimum + Math.floor(rng() * (maximum - minimum + 1));
}

/**
 * One of `items`, each as likely as its weight.
 * @throws RangeError when there is nothing to choose from
 */
export function weighted<T>(rng: Rng, items: readonly (readonly [T, number])[]): T {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = rng() * total;
  for (const [item, weight] of items) {
    rest -= weight;
    if (rest < 0) return item;
  }
  const last = items.at(-1);
  if (!last) throw new RangeError('Nothing to choose from.');
  return last[0];
}
