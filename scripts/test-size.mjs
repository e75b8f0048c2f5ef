/** Whether this is `npm run test:long`, which runs what `npm test` has no time for. */
export const IS_LONG = process.env.TEST_LONG === '1';

/**
 * Of cases, those that this run has time for.
 *
 * @template T
 * @param {readonly T[]} few for `npm test`
 * @param {readonly T[]} others for `npm run test:long`, which CI runs, too
 */
export function takeCases(few, others) {
  return IS_LONG ? others : few;
}
