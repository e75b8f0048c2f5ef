import type { Formatters } from './intl-cache.js';

const AGE_STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** How long ago, in the coarsest unit that says something: `3 minutes ago`; `null` for less than one. */
export function formatAge(formatters: Formatters, ageMs: number): string | null {
  const seconds = Math.round(ageMs / 1000);
  const step = AGE_STEPS.find((candidate) => seconds >= candidate.seconds);
  if (step === undefined) return null;
  return formatters
    .relative({ numeric: 'always' })
    .format(-Math.floor(seconds / step.seconds), step.unit);
}
