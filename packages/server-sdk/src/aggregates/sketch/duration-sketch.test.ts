import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DurationSketch, MAX_DURATION_US } from './duration-sketch.js';

const RELATIVE_ERROR = 0.0055;

/** Durations of every magnitude, not just the large ones that a uniform choice would give. */
const durationUs = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 42_000 }).map((hundredths) => Math.floor(2 ** (hundredths / 1000))),
  fc.integer({ min: 0, max: MAX_DURATION_US }),
);
const ratios = fc.constantFrom(0.01, 0.5, 0.9, 0.95, 0.99, 1);

function sketchOf(durations: readonly number[]): DurationSketch {
  const sketch = new DurationSketch();
  for (const duration of durations) sketch.add(duration);
  return sketch;
}

function nearestRank(durations: readonly number[], ratio: number): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(ratio * sorted.length)) - 1] ?? Number.NaN;
}

test('any quantile is within 0.55 % of the exact nearest rank', () => {
  fc.assert(
    fc.property(fc.array(durationUs, { minLength: 1, maxLength: 400 }), ratios, (values, ratio) => {
      const exact = nearestRank(values, ratio);
      const estimate = sketchOf(values).quantileUs(ratio) ?? Number.NaN;
      // 0 and 1 µs share a bucket: figures are clamped to the smallest value seen, see `p95DurationMs`.
      if (exact <= 1) expect(estimate).toBeLessThanOrEqual(1);
      else expect(Math.abs(estimate - exact) / exact).toBeLessThanOrEqual(RELATIVE_ERROR);
    }),
    { numRuns: 2000 },
  );
});

test('concatenated texts are the merge, in any order and grouping', () => {
  fc.assert(
    fc.property(fc.array(fc.array(durationUs, { maxLength: 60 }), { maxLength: 8 }), (parts) => {
      const whole = sketchOf(parts.flat());
      const forwards = new DurationSketch();
      forwards.addText(parts.map((part) => sketchOf(part).toText()).join(''));
      const backwards = new DurationSketch();
      for (const part of [...parts].reverse()) backwards.merge(sketchOf(part));
      expect(forwards.toText()).toBe(whole.toText());
      expect(backwards.toText()).toBe(whole.toText());
    }),
  );
});

test('an empty sketch has no quantile', () => {
  expect(new DurationSketch().quantileUs(0.95)).toBeNull();
  expect(new DurationSketch().toText()).toBe('');
});

test.each(['K', 'Kf3L', '12', 'K-', 'Kf 3', '中文'])('refuses %j', (text) => {
  expect(() => new DurationSketch(text).quantileUs(0.5)).toThrow(TypeError);
  expect(() => new DurationSketch(`${text}KfKf`).toText()).toThrow(TypeError);
  // What failed leaves nothing behind for the next.
  expect(new DurationSketch('KfKf3').toText()).toBe('Kf4');
});

test('a sketch that many durations were added to one by one is that of their texts', () => {
  const durations = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 90_000_000);
  const oneByOne = new DurationSketch();
  for (const duration of durations) oneByOne.add(duration);
  const texts = durations.map((duration) => {
    const single = new DurationSketch();
    single.add(duration);
    return single.toText();
  });
  const together = new DurationSketch(texts.join(''));
  expect(oneByOne.quantileUs(0.95)).toBe(together.quantileUs(0.95));
  expect(oneByOne.toText()).toBe(together.toText());
  expect(oneByOne.toText().length).toBeLessThan(10_000);
});
