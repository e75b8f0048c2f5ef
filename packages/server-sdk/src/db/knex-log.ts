import type { Knex } from 'knex';
import type { Logger } from '../runtime/logger.js';

/** Statements have values of users in them. */
const STATEMENT = /\b(select|insert|update|delete|with)\b/i;
const MAX_LENGTH = 200;

/**
 * Where Knex writes of the pools that are opened here. By itself it prints to the console: what breaks connections, with
 * stacks and sometimes with a statement.
 */
export function toKnexLog(logger: Logger): NonNullable<Knex.Config['log']> {
  const tell = (level: 'debug' | 'warn') => (message: unknown) => {
    const [line = ''] = String(message).split('\n');
    const detail = STATEMENT.test(line) ? 'left out, because it holds a statement' : line;
    logger[level]('The database driver has something to say', {
      detail: detail.slice(0, MAX_LENGTH),
    });
  };
  return {
    debug: tell('debug'),
    deprecate: tell('debug'),
    warn: tell('debug'),
    error: tell('warn'),
  };
}
