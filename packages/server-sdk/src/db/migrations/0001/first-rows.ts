/** How many slots users are spread over. */
export const SLOTS = 64;

const SLOT_ROWS = Array.from({ length: SLOTS }, (_, slot) => `(${slot})`);

/** Rows that are there from the beginning: each slot, and the one row of the rollup. */
export const FIRST_ROWS = [
  `insert into model_call_slots (slot) values ${SLOT_ROWS.join(', ')}`,
  `insert into model_call_rollups (name) values ('hourly')`,
];
