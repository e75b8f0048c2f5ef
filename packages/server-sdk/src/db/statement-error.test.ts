import { expect, test } from 'vitest';
import { isOutage, toStatementError } from './statement-error.js';

test('numbers of MariaDB that its driver has no name for are known', () => {
  const error = toStatementError({ errno: 1969, message: 'Query execution was interrupted' });
  expect([error.code, isOutage(error)]).toEqual(['ER_STATEMENT_TIMEOUT', true]);
  expect(toStatementError({ errno: 1927, message: '' }).code).toBe('ER_CONNECTION_KILLED');
});

test('another number is in the message, and is no outage', () => {
  const error = toStatementError({ errno: 4999, message: `near 'secret'` });
  expect([error.message, isOutage(error)]).toEqual([
    'The database refused a statement (ERRNO_4999)',
    false,
  ]);
});
