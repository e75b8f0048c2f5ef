import { appendFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { openDatabase } from '../../src/db/database.js';
import { createEvent, createTestWorker, storeEvents } from './alert-outbox.js';

/**
 * Stores events and sends them until it is killed: writes a line when the first is stored, and a line to a file for each event: `stored`
 * after its transaction, and `sent` when the callback has it.
 */
const { config, file, prefix } = JSON.parse(process.argv[2] ?? '{}') as {
  config: Knex.Config;
  file: string;
  prefix: string;
};
const database = openDatabase(config);
const { worker } = createTestWorker(
  database,
  {
    onAlert: ({ id }) => {
      appendFileSync(file, `sent ${id}\n`);
    },
  },
  { intervalMs: 20, leaseMs: 500 },
);
worker.start();
for (let index = 0; ; index += 1) {
  const id = `${prefix}-${index}`;
  await storeEvents(database, `user-${index % 3}`, [createEvent(id)]);
  appendFileSync(file, `stored ${id}\n`);
  worker.wake();
  if (index === 0) process.stdout.write('begins\n');
}
