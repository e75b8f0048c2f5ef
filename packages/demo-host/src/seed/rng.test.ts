import { describe, expect, it } from 'vitest';
import { logNormal, pareto, poisson, weighted } from './distributions.js';
import { createRng } from './rng.js';

const DRAWS = 20_000;
const draw = (sample: () => number) => Array.from({ length: DRAWS }, sample);
const computeMean = (values: number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRng', () => {
  it('gives the same numbers for the same key and others for another', () => {
    const [a, b, c] = [createRng('a'), createRng('a'), createRng('b')];
    const first = Array.from({ length: 5 }, a);
    expect(Array.from({ length: 5 }, b)).toEqual(first);
    expect(Array.from({ length: 5 }, c)).not.toEqual(first);
  });

  it('is uniform, for one key and over neighbouring keys', () => {
    const rng = createRng('uniform');
    expect(computeMean(draw(rng))).toBeCloseTo(0.5, 1);
    let key = 0;
    expect(computeMean(draw(() => createRng(`key/${key++}`)()))).toBeCloseTo(0.5, 1);
  });
});

describe('distributions', () => {
  const rng = createRng('distributions');

  it('keeps the median of a log-normal', () => {
    const sorted = draw(() => logNormal(rng, 400, 0.5)).sort((a, b) => a - b);
    expect(sorted[DRAWS / 2]! / 400).toBeCloseTo(1, 1);
  });

  it('keeps the mean of a Poisson, small and large', () => {
    expect(computeMean(draw(() => poisson(rng, 0.3)))).toBeCloseTo(0.3, 1);
    expect(computeMean(draw(() => poisson(rng, 80))) / 80).toBeCloseTo(1, 1);
    expect(poisson(rng, 0)).toBe(0);
  });

  it('never draws a Pareto below its minimum', () => {
    expect(Math.min(...draw(() => pareto(rng, 5, 1.5)))).toBeGreaterThanOrEqual(5);
  });

  it('chooses by weight and refuses to choose from nothing', () => {
    const chosen = draw(() =>
      weighted(rng, [
        [1, 3],
        [0, 1],
      ] as const),
    );
    expect(computeMean(chosen)).toBeCloseTo(0.75, 1);
    expect(() => weighted(rng, [])).toThrow(RangeError);
  });
});
