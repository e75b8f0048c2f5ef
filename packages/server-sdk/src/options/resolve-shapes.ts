import type { UsageOptions } from './options.js';

/** Form of an option: the check of a value, and its description for messages. */
interface Shape {
  is: (value: unknown) => boolean;
  form: string;
}

const isFunction: Shape = { is: (value) => typeof value === 'function', form: 'a function' };
const isBoolean: Shape = { is: (value) => typeof value === 'boolean', form: 'true or false' };
const isMinutes: Shape = {
  is: (value) => ['number', 'object'].includes(typeof value) || value === false,
  form: 'a number of minutes, an object of them by type, or false',
};
const isText: Shape = { is: (value) => typeof value === 'string', form: 'text' };

/** An object of any class with these methods. */
function withMethods(...names: string[]): Shape {
  return {
    is: (value) =>
      typeof value === 'object' &&
      value !== null &&
      names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
    form: `an object with ${names.map((name) => `${name}()`).join(', ')}`,
  };
}

const SHAPES: readonly [
  path: string,
  shape: Shape,
  read: (options: Partial<UsageOptions>) => unknown,
][] = [
  ['quota', withMethods('getQuota', 'listLedger'), ({ quota }) => quota],
  ['projects', isFunction, ({ projects }) => projects],
  ['providers', isFunction, ({ providers }) => providers],
  ['logger', withMethods('debug', 'info', 'warn', 'error'), ({ logger }) => logger],
  ['metrics', withMethods('getSingleMetric', 'registerMetric'), ({ metrics }) => metrics],
  ['tracer', withMethods('startSpan'), ({ tracer }) => tracer],
  ['onError', isFunction, ({ onError }) => onError],
  ['clock', withMethods('now'), ({ clock }) => clock],
  ['openapi', isBoolean, ({ openapi }) => openapi],
  ['basePath', isText, ({ basePath }) => basePath],
  ['recorder.abandonAfterMinutes', isMinutes, ({ recorder }) => recorder?.abandonAfterMinutes],
  ['rollup.cron', isText, ({ rollup }) => (rollup ? rollup.cron : undefined)],
  ['rollup.onLag', isFunction, ({ rollup }) => (rollup ? rollup.onLag : undefined)],
];

/**
 * Refuses options of the wrong form at the start: otherwise the first request would fail, or the handling of an error.
 *
 * @throws TypeError that names the option and says what it must be
 */
export function requireShapes(options: Partial<UsageOptions>): void {
  for (const [path, { is, form }, read] of SHAPES) {
    const value = read(options);
    if (value !== undefined && !is(value)) throw new TypeError(`${path} must be ${form}`);
  }
}
