import * as z from 'zod';
import { CALL_STATUSES } from '../contract/common.js';
import { toHint } from '../values/nearest-name.js';
import type { CallTable } from '../source/call-table.js';

/** A name is part of SQL in quotes, where a question mark would be read as a placeholder. */
const name = z.string().regex(/^[^?\0\\]{1,128}$/, 'must be a name without ? or \\');
const number = z.union([name, z.strictObject({ column: name, key: name.regex(/^[^"]+$/) })]);
/** Words are part of SQL in quotes, where a question mark or a backslash has a meaning. */
const words = z
  .array(z.string().regex(/^[^?\0\\]{1,128}$/, 'must be words without ? or \\'))
  .max(100);
const durationUnit = z.enum(['s', 'ms', 'us']);
const timeUnit = z.enum(['s', 'ms', 'timestamp']);

const callTable = z.strictObject({
  table: name,
  schema: name.optional(),
  columns: z.strictObject({
    id: name,
    userDid: name,
    startedAt: name,
    model: name,
    status: name,
    appDid: name.optional(),
    provider: name.optional(),
    type: name.optional(),
    traceId: name.optional(),
    duration: name.optional(),
    ttfb: name.optional(),
    inputTokens: number.optional(),
    outputTokens: number.optional(),
    totalTokens: number.optional(),
    usage: number.optional(),
    credits: name.optional(),
    cachedInputTokens: number.optional(),
    cacheWriteTokens: number.optional(),
    reasoningTokens: number.optional(),
    cost: name.optional(),
    currency: name.optional(),
    errorReason: name.optional(),
    metadata: name.optional(),
    updatedAt: name.optional(),
  }),
  statusValues: z
    .strictObject({
      success: words.optional(),
      failed: words.optional(),
      processing: words.optional(),
    })
    .optional(),
  timeUnit,
  durationUnit: durationUnit.optional(),
  ttfbUnit: durationUnit.optional(),
  updatedAtUnit: timeUnit.optional(),
  overlapSeconds: z.int().min(0).max(86_400).optional(),
  unassigned: z
    .array(z.string().regex(/^[^?\0\\]{0,128}$/))
    .max(20)
    .optional(),
  indexedByTime: z.boolean().optional(),
  indexedByProject: z.boolean().optional(),
  keepsCalls: z.boolean().optional(),
});

/** Checks the option `calls`. @throws TypeError that names the member at fault */
export function resolveCalls(mapping: unknown): CallTable {
  const result = callTable.safeParse(mapping);
  if (result.success) return requireDistinctWords(result.data as CallTable);
  const [issue] = result.error.issues;
  const path = ['calls', ...(issue?.path ?? [])].map(String).join('.');
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    throw new TypeError(
      `${path}.${key}: unknown option ${key}${toHint(key, listKnownNames(issue.path))}`,
    );
  }
  throw new TypeError(`${path}: ${issue?.message ?? 'is not a mapping of a call table'}`);
}

/** Returns the mapping. @throws TypeError when a word is listed for two statuses */
function requireDistinctWords(mapping: CallTable): CallTable {
  const given = Object.values(mapping.statusValues ?? {}).flatMap((ofStatus) => [...ofStatus]);
  const duplicate = given.find((word, index) => given.indexOf(word) < index);
  if (duplicate === undefined) return mapping;
  throw new TypeError(`calls.statusValues: ${JSON.stringify(duplicate)} is listed twice`);
}

/** Lists the names of the members that an object of the mapping may have. */
function listKnownNames([part, field]: readonly PropertyKey[]): string[] {
  if (part === undefined) return Object.keys(callTable.shape);
  if (part === 'statusValues') return [...CALL_STATUSES];
  return field === undefined ? Object.keys(callTable.shape.columns.shape) : ['column', 'key'];
}
