import type { Formatters } from './intl-cache.js';

/** What a rise of a figure means: calls and credits are neither good nor bad by themselves. */
export type Meaning = 'upIsGood' | 'upIsBad' | 'neutral';

/** A change ready to show. */
export interface Change {
  text: string;
  direction: 'up' | 'down' | 'same';
  tone: 'good' | 'bad' | 'neutral';
}

/**
 * Relative change between two figures, e.g. `+12.4 %`; `null` when either is unknown or the former is 0.
 *
 * Changes under 0.05 % are "same": a colored arrow next to 0.0 % has no meaning.
 */
export function toRelativeChange(
  formatters: Formatters,
  current: number | null,
  previous: number | null,
  meaning: Meaning,
): Change | null {
  if (current === null || previous === null || previous === 0) return null;
  const ratio = (current - previous) / previous;
  const direction = toDirection(ratio, 0.0005);
  const options = { style: 'percent', signDisplay: 'exceptZero' } as const;
  const maximumFractionDigits = Math.abs(ratio) < 10 ? 1 : 0;
  const text = formatters
    .number({ ...options, maximumFractionDigits })
    .format(direction === 'same' ? 0 : ratio);
  return { text: text.replace('-', '−'), direction, tone: toTone(direction, meaning) };
}

/** Difference of two ratios in percentage points as a signed number, e.g. `−1.2`; `null` when either is unknown. */
export function toPointChange(
  formatters: Formatters,
  current: number | null,
  previous: number | null,
  meaning: Meaning,
): Change | null {
  if (current === null || previous === null) return null;
  const points = (current - previous) * 100;
  const direction = toDirection(points, 0.05);
  const text = formatters
    .number({ signDisplay: 'exceptZero', maximumFractionDigits: 1 })
    .format(direction === 'same' ? 0 : points);
  return { text: text.replace('-', '−'), direction, tone: toTone(direction, meaning) };
}

function toDirection(value: number, threshold: number): Change['direction'] {
  if (Math.abs(value) < threshold) return 'same';
  return value > 0 ? 'up' : 'down';
}

function toTone(direction: Change['direction'], meaning: Meaning): Change['tone'] {
  if (direction === 'same' || meaning === 'neutral') return 'neutral';
  return (direction === 'up') === (meaning === 'upIsGood') ? 'good' : 'bad';
}
