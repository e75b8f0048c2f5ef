/** Whether this is `npm run test:long`, which runs what `npm test` has no time for. */
export const IS_LONG = process.env['TEST_LONG'] === '1';

/**
 * How many random histories, kills or requests a test draws: as many as the variable says, else few in `npm test` and more in
 * `npm run test:long`.
 */
export function readCount(variable: string, { few, more }: { few: number; more: number }): number {
  return Number(process.env[variable] ?? (IS_LONG ? more : few));
}
