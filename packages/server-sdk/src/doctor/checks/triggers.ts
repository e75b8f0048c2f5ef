import type { Database } from '../../db/database.js';
import { listTriggers } from '../database-store.js';
import { ok, todo, type DoctorCheck } from '../doctor-check.js';

const EVERYWHERE = ['model_calls_inserted', 'model_calls_updated', 'model_calls_deleted'];
const TRIGGERS: Readonly<Record<Database['dialect']['name'], readonly string[]>> = {
  sqlite: [...EVERYWHERE, 'model_calls_replaced', 'model_calls_renamed'],
  postgres: [...EVERYWHERE, 'model_calls_truncated'],
  mysql: EVERYWHERE,
};

/** The triggers by which calls that others write with SQL are counted. */
export const checkTriggers: DoctorCheck = {
  name: 'triggers',
  needsTables: true,
  run: async ({ database }) => {
    const found = await listTriggers(database);
    const expected = TRIGGERS[database.dialect.name];
    const missing = expected.filter((name) => !found.includes(name));
    if (missing.length === 0) return [ok(`all ${expected.length} of model_calls are there`)];
    return [
      todo(
        `${missing.join(', ')} of model_calls are missing, disabled or not shown to this database user: calls that others write with SQL are not counted. Make them again as db/migrations/0001 does, then run usage-kit rebuild`,
      ),
    ];
  },
};
