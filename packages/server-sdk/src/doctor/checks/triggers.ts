import type { Database } from '../../db/database.js';
import { listTriggers } from '../database-store.js';
import { ok, problem, type DoctorCheck, type Finding } from '../doctor-check.js';
import { listExpectedTriggers, normalizeBody, type ExpectedTrigger } from '../expected-triggers.js';

const CONSEQUENCE =
  'calls that others write with SQL are not counted. Run each statement below as one, then usage-kit rebuild';

/** The triggers by which calls that others write with SQL are counted, and on PostgreSQL their functions. */
export const checkTriggers: DoctorCheck = {
  name: 'triggers',
  needsTables: true,
  run: async ({ database }) => {
    const bodies = new Map((await listTriggers(database)).map(({ name, body }) => [name, body]));
    const expected = listExpectedTriggers(database.dialect.name);
    const missing = expected.filter(({ name }) => !bodies.has(name));
    const altered = expected.filter(({ name, body }) => {
      const found = bodies.get(name);
      return typeof found === 'string' && body !== null && normalizeBody(found) !== body;
    });
    const text = 'of model_calls are missing, disabled or not shown to this database user';
    const findings = [
      ...report(missing, text, database),
      ...report(altered, 'of model_calls were altered', database),
    ];
    if (findings.length > 0) return findings;
    return [ok(`all ${expected.length} of model_calls are there`)];
  },
};

function report(triggers: ExpectedTrigger[], text: string, database: Database): Finding[] {
  if (triggers.length === 0) return [];
  const names = triggers.map(({ name }) => name).join(', ');
  const statements = triggers.flatMap((trigger) => writeStatements(trigger, database));
  return [problem(`${names} ${text}: ${CONSEQUENCE}`, statements)];
}

function writeStatements(
  { kind, name, statement }: ExpectedTrigger,
  { dialect }: Database,
): string[] {
  if (kind === 'function')
    return [statement.replace('create function', 'create or replace function')];
  const on = dialect.name === 'postgres' ? ' on model_calls' : '';
  return [`drop trigger if exists ${name}${on}`, statement];
}
