import { z } from 'zod';
import { CALL_STATUSES, CALL_TYPES, COST_SOURCES } from '../../contract/common.js';
import { CALL_SORTS } from '../../contract/project-calls.js';
import { listCalls } from '../../queries/calls/call-service.js';
import { defineRangeQuery } from '../core/define-query.js';
import {
  integer,
  milliseconds as durationParameter,
  oneOf,
  rangeParameters,
  sortOrderParameter,
  text,
} from '../schemas/parameters.js';
import {
  count,
  currencyCode,
  decimal,
  instant,
  milliseconds,
  project,
  rangeFields,
} from '../schemas/response-parts.js';
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

/** Range, filters and order of calls; their export takes them, too. */
export const callListParameters = {
  ...rangeParameters,
  model: text(255, 'Only this model').optional(),
  status: oneOf(CALL_STATUSES, 'Only this status').optional(),
  type: oneOf(CALL_TYPES, 'Only this type').optional(),
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
    }),
  ),
  response: z.object({
    project,
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: count.nullable(),
    ...rangeFields,
  }),
  handle: (deps, { userDid, project, nowMs, query }) =>
    listCalls(deps, userDid, {
      project,
      range: query.range,
      rangeGiven: query.from !== undefined || query.to !== undefined,
      model: query.model ?? null,
      status: query.status ?? null,
      type: query.type ?? null,
      minDurationMs: query.minDurationMs ?? null,
      search: query.search ?? null,
      cursor: query.cursor ?? null,
      sortBy: query.sortBy ?? 'time',
      sortOrder: query.sortOrder ?? 'desc',
      limit: query.limit ?? 20,
      nowMs,
    }),
});
