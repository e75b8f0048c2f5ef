/** The name of the one row of `model_call_rollups`. */
export const ROLLUP_NAME = 'hourly';
