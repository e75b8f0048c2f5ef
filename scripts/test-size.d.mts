/** Whether this is `npm run test:long`, which runs what `npm test` has no time for. */
export const IS_LONG: boolean;

/** Of cases, those that this run has time for: few in `npm test`, and the others in `npm run test:long`. */
export function takeCases<T>(few: readonly T[], others: readonly T[]): readonly T[];
