import type { Knex } from 'knex';
import type { Logger } from '../runtime/logger.js';

/** Statements contain values of users. */
const STATEMENT = /\b(select|insert|update|delete|with)\b/i;
const MAX_LENGTH = 200;

/**
 * Passes Knex's messages about pools that are opened here to a logger. Without it, Knex prints errors of connections to the
 * console, with stacks and sometimes with a statement.
 */
export function toKnexLog(logger: Logger): NonNullable<Knex.Config['log']> {
  const log = (level: 'debug' | 'warn') => (message: unknown) => {
    const [line = ''] = String(message).split('\n');
    const detail = STATEMENT.test(line) ? 'left out, because it holds a statement' : line;
    logger[level]('The database driver has something to say', {
      detail: detail.slice(0, MAX_LENGTH),
    });
  };
  return {
    debug: log('debug'),
    deprecate: log('debug'),
    warn: log('debug'),
    error: log('warn'),
  };
}
