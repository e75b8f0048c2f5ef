import knex from 'knex';
import { expect, test } from 'vitest';
import { UsageError } from '../errors.js';
import { createRedactingLogger } from '../runtime/redacting-logger.js';
import { runForRequest } from '../runtime/request-signal.js';
import { guardStatements } from './guard-statements.js';

test('a statement for a request that is over is not begun, and what ended it stays without the statement', async () => {
  const database = guardStatements(
    knex({ client: 'sqlite3', connection: ':memory:', useNullAsDefault: true }),
  );
  const controller = new AbortController();
  const reason = new UsageError('ANSWER_TOO_SLOW', 'Too slow.');
  controller.abort(reason);
  const logged: unknown[] = [];
  const quiet = (): void => undefined;
  const logger = createRedactingLogger({
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (message, fields) => logged.push(message, fields),
  });
  try {
    await runForRequest(controller.signal, () => database.raw('select ? as secret', ['hidden']));
    expect.unreachable();
  } catch (error) {
    logger.error('Failed', { error });
  }
  await database.destroy();
  expect(reason.message).toBe('Too slow.');
  expect(JSON.stringify(logged)).not.toMatch(/select|hidden/);
  expect(JSON.stringify(logged)).toContain('STATEMENT_ABORTED');
});
