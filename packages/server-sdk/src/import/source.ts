import { requireKnownKeys } from '../values/require-known-keys.js';

/** Unit of a duration, or of a time that is a number. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/** A test of a record: whether a path has a value, or one of some values. */
export interface Condition {
  path: string;
  /** Compared as text. @default any value that is not empty */
  is?: readonly (string | number | boolean)[];
}

/** How a value is computed; exactly one of `path`, `value`, `sum` and `from`. */
export interface ComputedSource {
  path?: string;
  /** The same value for each record that `when` holds for. */
  value?: string;
  /** Adds up those that are known; unknown when none is. */
  sum?: readonly Source[];
  /** A time; with `to`, the milliseconds between the two. */
  from?: string;
  to?: string;
  /** A time that `to` must be earlier than; otherwise the duration is unknown. */
  before?: string;
  /** Subtracts those that are known. */
  minus?: readonly Source[];
  /** Unit of the value in the file, which becomes milliseconds; with `from`, of times that are numbers. */
  unit?: TimeUnit;
  /** Divides the value: 100 for cents. A positive integer. */
  per?: number;
  /** Without it, or where it does not hold, the next source counts. */
  when?: Condition;
}

/**
 * Where a value is read: a column or dotted path (into nested JSON, or into a column that holds JSON as text), a computed
 * value, or several of these in order, of which the first that is known counts. An empty list: nowhere.
 */
export type Source = string | ComputedSource | readonly Source[];

const KINDS = ['path', 'value', 'sum', 'from'] as const;
const MEMBERS = [...KINDS, 'to', 'before', 'minus', 'unit', 'per', 'when'];
const UNITS: readonly unknown[] = ['s', 'ms', 'us', 'ns'] satisfies TimeUnit[];
/** Sources within sources. */
const MAX_DEPTH = 4;

/** Checks a source of a mapping. @throws TypeError that names the member at fault */
export function checkSource(name: string, source: unknown, depth = 0): void {
  if (depth > MAX_DEPTH) throw new TypeError(`${name} is nested too deeply`);
  if (Array.isArray(source)) {
    for (const [index, item] of source.entries()) {
      checkSource(`${name}[${index}]`, item, depth + 1);
    }
    return;
  }
  if (typeof source !== 'object' || source === null) {
    requirePath(name, source);
    return;
  }
  checkComputed(name, source, depth);
}

function checkComputed(name: string, source: ComputedSource, depth: number): void {
  requireKnownKeys(source, MEMBERS, name);
  const kinds = KINDS.filter((kind) => source[kind] !== undefined);
  if (kinds.length !== 1) throw new TypeError(`${name} must have one of ${KINDS.join(', ')}`);
  for (const member of ['path', 'value', 'from', 'to', 'before'] as const) {
    if (source[member] !== undefined) requirePath(`${name}.${member}`, source[member]);
  }
  if ((source.from === undefined) !== (source.to === undefined)) {
    throw new TypeError(`${name} must have both from and to`);
  }
  for (const member of ['sum', 'minus'] as const) {
    const list: unknown = source[member];
    if (list === undefined) continue;
    if (!Array.isArray(list)) throw new TypeError(`${name}.${member} must be a list`);
    checkSource(`${name}.${member}`, list, depth + 1);
  }
  checkConversion(name, source);
}

function checkConversion(name: string, { unit, per, when }: ComputedSource): void {
  if (unit !== undefined && !UNITS.includes(unit)) {
    throw new TypeError(`${name}.unit must be ${UNITS.join(', ')}`);
  }
  if (per !== undefined && !(Number.isSafeInteger(per) && per > 0)) {
    throw new TypeError(`${name}.per must be a positive integer`);
  }
  if (when !== undefined) checkCondition(`${name}.when`, when);
}

/** Checks a condition of a mapping. @throws TypeError that names the member at fault */
export function checkCondition(name: string, condition: unknown): void {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    throw new TypeError(`${name} must be an object`);
  }
  const { path, is } = condition as Record<string, unknown>;
  requireKnownKeys(condition, ['path', 'is'], name);
  requirePath(`${name}.path`, path);
  const isValue = (item: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof item);
  if (is !== undefined && !(Array.isArray(is) && is.every(isValue))) {
    throw new TypeError(`${name}.is must be a list of texts, numbers or booleans`);
  }
}

function requirePath(name: string, path: unknown): void {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`${name} must be the name of a column`);
  }
}

/** The paths that a source reads values from. */
export function listPaths(source: Source): string[] {
  if (typeof source === 'string') return [source];
  if (isList(source)) return source.flatMap(listPaths);
  const { path, sum = [], from } = source;
  return [...(path === undefined ? [] : [path]), ...(from === undefined ? [] : [from])].concat(
    listPaths(sum),
  );
}

/** Whether a source has a value of its mapping, regardless of the file. */
export function hasConstant(source: Source): boolean {
  if (typeof source === 'string') return false;
  return isList(source) ? source.some(hasConstant) : source.value !== undefined;
}

/** Narrows a source to a list. */
export function isList(source: Source): source is readonly Source[] {
  return Array.isArray(source);
}
