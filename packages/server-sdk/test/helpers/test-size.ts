/** Whether this is `npm run test:long`, which also runs what `npm test` has no time for. */
export const IS_LONG = process.env['TEST_LONG'] === '1';
