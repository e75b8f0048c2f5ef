import * as firstVersion from './0001-first-version.js';
import * as alertRules from './0002-alert-rules.js';
import * as alertOutbox from './0003-alert-outbox.js';
import * as advice from './0004-advice.js';
import * as idempotencyKeys from './0005-idempotency-keys.js';
import * as alertEventAge from './0006-alert-event-age.js';

/** Every migration in order; names are stored in the host's database and never change. */
export const migrations = [
  { name: '0001-first-version', ...firstVersion },
  { name: '0002-alert-rules', ...alertRules },
  { name: '0003-alert-outbox', ...alertOutbox },
  { name: '0004-advice', ...advice },
  { name: '0005-idempotency-keys', ...idempotencyKeys },
  { name: '0006-alert-event-age', ...alertEventAge },
];
