import type { RouteName } from '../../src/index.js';
import { NOW_MS } from './create-test-usage.js';
import { SHARED_PROJECT, VICTIM_PROJECT } from './two-users.js';

/** What of the OpenAPI document requests are drawn from. */
export interface FuzzOperation {
  operationId: RouteName;
  parameters: { name: string; in: string; schema: Schema }[];
}
interface Schema {
  type?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  examples?: string[];
}

/** One request, with its query and its path encoded. */
export interface FuzzRequest {
  name: RouteName;
  method: string;
  path: string;
  caller: 'session' | 'token' | 'anonymous';
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const NASTY = [
  '',
  '0',
  '-1',
  '1e3',
  ' 5',
  '５',
  'NaN',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  "' or 1=1 --",
  '"; drop table model_calls; --',
  '%',
  '_',
  '\\',
  '?',
  '??',
  ':a',
  '$1',
  '../..',
  '\0',
  '\r\nX: y',
  '\u202e',
  '😀',
  '\ud800',
  '<script>',
  '9'.repeat(40),
  'x'.repeat(300),
  '1'.repeat(1100),
  '2026-02-30T00:00:00Z',
  '8640000000000001',
  'constructor',
  '__proto__',
];
const PROJECTS = [
  SHARED_PROJECT,
  'only-reader',
  VICTIM_PROJECT,
  'nobodys',
  '.',
  '..',
  '%',
  'a/b',
  '😀',
  "' or 1=1 --",
  'stats',
  'x'.repeat(300),
];
/** None of them was made by the server: a page that one of them opens is a range of the client's choosing. */
const CURSORS = [
  ...[1, 2].map((version) =>
    Buffer.from(JSON.stringify([version, 'key', 0, 8.64e15, 8.64e15, 'x'])).toString('base64url'),
  ),
  'WzIsIiIsMCw5ZTE1LDAsbnVsbF0.AAAA',
  '.',
  'e30',
];
const ZONES = ['UTC', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe'];
const DAY_MS = 86_400_000;

/** Draws requests from the paths of a document: most of what they say is valid, some is missing, broken, doubled or made up. */
export function drawRequests(
  paths: Record<string, { get?: FuzzOperation }>,
  count: number,
  seed: number,
): FuzzRequest[] {
  const random = randomOf(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const valid = (parameter: string, schema: Schema): string => {
    if (schema.enum) return pick(schema.enum);
    if (parameter === 'timeZone') return pick(ZONES);
    if (parameter === 'cursor') return pick(CURSORS);
    if (parameter === 'from') return String(NOW_MS - Math.floor(random() * 300 * DAY_MS));
    if (parameter === 'to') return new Date(NOW_MS - Math.floor(random() * DAY_MS)).toISOString();
    if (schema.type === 'integer' || schema.type === 'number') {
      const { minimum = 0, maximum = 1000 } = schema;
      return String(minimum + Math.floor(random() * Math.min(maximum - minimum, 100)));
    }
    return pick(['gpt-4o', 'shared', 'call-shared-1', 'o', 'trace-reader-1']);
  };
  const broken = (value: string): string => {
    const at = Math.floor(random() * (value.length + 1));
    const mutations = [
      () => pick(NASTY),
      () => value.slice(0, at),
      () => value.slice(0, at) + pick(NASTY) + value.slice(at),
      () => value.toUpperCase() + value,
      () => String.fromCharCode(Math.floor(random() * 0xffff)),
    ];
    return pick(mutations)();
  };
  // Paths that are only written to, and files, of which a user gets one at a time, have their own tests.
  const operations = Object.entries(paths).flatMap(([path, { get }]) =>
    get && !path.startsWith('/exports/') ? [[path, { get }] as const] : [],
  );
  const drawCaller = (): FuzzRequest['caller'] =>
    random() < 0.6 ? 'session' : random() < 0.8 ? 'token' : 'anonymous';
  return Array.from({ length: count }, () => {
    const [template, { get }] = pick(operations);
    const project = random() < 0.7 ? pick(PROJECTS.slice(0, 2)) : pick(PROJECTS);
    const query: string[] = [];
    for (const { name, in: where, schema } of get.parameters) {
      if (where !== 'query' || random() < 0.6) continue;
      const value = valid(name, schema);
      query.push(`${encode(name)}=${encode(random() < 0.8 ? value : broken(value))}`);
    }
    const [first] = query;
    if (first !== undefined && random() < 0.05) query.push(first);
    if (random() < 0.05) query.push(`${encode(broken('userDid'))}=${encode(pick(NASTY))}`);
    const path = template.replace('{appDid}', encode(project));
    return {
      name: get.operationId,
      method: random() < 0.95 ? 'GET' : pick(['HEAD', 'POST', 'DELETE', 'OPTIONS']),
      path: query.length === 0 ? path : `${path}?${query.join('&')}`,
      caller: drawCaller(),
    };
  });
}

/** A lone surrogate cannot be encoded: sent as what decoders put in its place. */
function encode(text: string): string {
  const sound = text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
  // URL parsers resolve a segment of dots, so clients append DEL to these two names.
  return encodeURIComponent(/^\.{1,2}$/.test(sound) ? `${sound}\u007f` : sound);
}
