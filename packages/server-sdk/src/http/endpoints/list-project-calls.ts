import { z } from 'zod';
import {
  CALL_STATUSES,
  CALL_TYPES,
  COST_SOURCES,
  type CallStatus,
  type CallType,
} from '../../contract/common.js';
import { CALL_SORTS } from '../../contract/project-calls.js';
import type { ValueFilters } from '../../queries/calls/call-filter.js';
import { listCalls } from '../../queries/calls/call-service.js';
import { defineRangeQuery } from '../core/define-query.js';
import {
  integer,
  listOf,
  milliseconds as durationParameter,
  oneOf,
  sortOrderParameter,
  text,
} from '../schemas/parameters.js';
import { rangeParameters } from '../schemas/range-parameters.js';
import {
  count,
  currencyCode,
  decimal,
  instant,
  milliseconds,
  rangeFields,
} from '../schemas/response-parts.js';
import { project } from '../schemas/item-parts.js';
import { defineEndpoint } from './define-endpoint.js';

const item = z.object({
  id: z.string(),
  traceId: z.string().nullable(),
  startedAt: instant,
  status: z.enum(CALL_STATUSES),
  model: z.string(),
  provider: z.string().nullable(),
  providerName: z.string().nullable().describe("The host's name of the provider"),
  providerLogoUrl: z.string().nullable(),
  type: z.enum(CALL_TYPES),
  usage: z.object({
    inputTokens: count.nullable(),
    outputTokens: count.nullable(),
    totalTokens: count.nullable(),
    units: z.number().min(0).nullable(),
    cachedInputTokens: count.nullable(),
    cacheWriteTokens: count.nullable(),
    reasoningTokens: count.nullable(),
  }),
  durationMs: milliseconds,
  ttfbMs: milliseconds,
  credits: decimal.nullable(),
  cost: decimal.nullable(),
  currency: currencyCode.nullable(),
  costSource: z.enum(COST_SOURCES),
  priceTable: z.string().nullable(),
  errorReason: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
});

const valueCounts = z.array(
  z.object({
    value: z.string(),
    calls: count.nullable().describe('null where too many calls would have to be read'),
  }),
);

/** The filters that take several values, as they were asked for. */
export function resolveValueFilters({ model, status, type }: ValueParams): ValueFilters {
  return { models: model ?? null, statuses: status ?? null, types: type ?? null };
}

interface ValueParams {
  model?: readonly string[] | undefined;
  status?: readonly CallStatus[] | undefined;
  type?: readonly CallType[] | undefined;
}

/** Range, filters and order of calls; their export takes them, too. */
export const callListParameters = {
  ...rangeParameters,
  model: listOf(text(255, 'A model'), 'Only these models').optional(),
  status: listOf(oneOf(CALL_STATUSES, 'A status'), 'Only these statuses').optional(),
  type: listOf(oneOf(CALL_TYPES, 'A type'), 'Only these types').optional(),
  minDurationMs: durationParameter(
    'Only calls that took at least this long, milliseconds',
  ).optional(),
  search: text(128, 'Beginning of a call or trace id; literal').optional(),
  sortBy: oneOf(CALL_SORTS, 'What to sort by').optional(),
  sortOrder: sortOrderParameter,
};

/** `GET /projects/:appDid/calls`. */
export const projectCallsEndpoint = defineEndpoint({
  name: 'projectCalls',
  summary: "One project's calls, one by one",
  source: 'database',
  query: defineRangeQuery(
    z.strictObject({
      ...callListParameters,
      limit: integer(1, 100, 'Items a page').optional(),
      cursor: text(4096, '`nextCursor` of the page before').optional(),
      counts: oneOf(['true'], 'Adds how many calls each value of the filters lists').optional(),
    }),
  ),
  response: z.object({
    project,
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: count.nullable(),
    counts: z
      .object({ model: valueCounts, status: valueCounts, type: valueCounts })
      .optional()
      .describe('With counts: the values of the range, each under the other filters'),
    ...rangeFields,
  }),
  handle: (deps, { userDid, project, nowMs, query }) =>
    listCalls(deps, userDid, {
      project,
      range: query.range,
      rangeGiven: query.from !== undefined || query.to !== undefined,
      ...resolveValueFilters(query),
      minDurationMs: query.minDurationMs ?? null,
      search: query.search ?? null,
      cursor: query.cursor ?? null,
      sortBy: query.sortBy ?? 'time',
      sortOrder: query.sortOrder ?? 'desc',
      limit: query.limit ?? 20,
      hasCounts: query.counts !== undefined,
      nowMs,
    }),
});
