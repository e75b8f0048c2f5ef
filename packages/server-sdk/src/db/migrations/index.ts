import * as createCalls from './0001-create-calls.js';
import * as createRollups from './0002-create-rollups.js';

/** Every migration in order; names are kept in the host's database and never change. */
export const migrations = [
  { name: '0001-create-calls', ...createCalls },
  { name: '0002-create-rollups', ...createRollups },
];
