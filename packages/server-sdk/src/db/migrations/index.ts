import * as firstVersion from './0001-first-version.js';
import * as idempotencyKeys from './0005-idempotency-keys.js';

/** Every migration in order; names are stored in the host's database and never change. */
export const migrations = [
  { name: '0001-first-version', ...firstVersion },
  { name: '0005-idempotency-keys', ...idempotencyKeys },
];
