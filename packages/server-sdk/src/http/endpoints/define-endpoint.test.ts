import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Overview } from '../../contract/overview.js';
import type { Trends } from '../../contract/trends.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { TREND_QUERY } from '../schemas/trend-parameters.js';
import { trendFields } from '../schemas/trend-parts.js';
import { defineEndpoint } from './define-endpoint.js';
import { ENDPOINTS } from './endpoints.js';

const trends = { name: 'trends', summary: '', source: 'database' } as const;
const overview = { name: 'overview', summary: '', source: 'database' } as const;
const response = z.object(trendFields);
const getTrends = (): Promise<Trends> => Promise.reject(new Error('never called'));
const getOverview = (): Promise<Overview> => Promise.reject(new Error('never called'));

/** Never called: it only has to be refused by the compiler. A line that compiles fails `npm run typecheck`. */
export function defineWrongly(): void {
  const { response: ofOverview } = ENDPOINTS.overview;
  // As they should be.
  defineEndpoint({ ...trends, query: TREND_QUERY, response, handle: getTrends });
  defineEndpoint({ ...overview, query: RANGE_QUERY, response: ofOverview, handle: getOverview });
  // @ts-expect-error the contract has one parameter more
  defineEndpoint({ ...trends, query: RANGE_QUERY, response, handle: getTrends });
  // @ts-expect-error the contract has one parameter less
  defineEndpoint({ ...overview, query: TREND_QUERY, response: ofOverview, handle: getOverview });
  // @ts-expect-error the schema is of another body
  defineEndpoint({ ...trends, query: TREND_QUERY, response: ofOverview, handle: getTrends });
  // @ts-expect-error the handler returns another body
  defineEndpoint({ ...trends, query: TREND_QUERY, response, handle: getOverview });
  defineEndpoint({
    ...trends,
    query: TREND_QUERY,
    response,
    // @ts-expect-error the path has no project
    handle: (_, { project }) => Promise.reject(new Error(String(project))),
  });
}

test('an endpoint that differs from the contract does not compile', () => {
  expect(defineWrongly).toBeTypeOf('function');
});

test('every endpoint has the name that it is listed by', () => {
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) expect(endpoint.name).toBe(name);
});
