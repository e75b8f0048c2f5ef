import {
  staticQuota,
  type ModelCallInput,
  type RouteName,
  type UsageOptions,
} from '../../src/index.js';
import { NOW_MS } from './create-test-usage.js';

const HOUR_MS = 3_600_000;

/**
 * Two users whose projects, models and call ids share names, so that only the user tells their calls apart. Everything of
 * mallory's that could show carries a mark.
 */
export const VICTIM_MARK = 'VICTIM';
export const VICTIM = 'did:abt:victim';
export const READER = 'did:abt:reader';
export const SHARED_PROJECT = 'shared-project';
/** Of the victim alone. */
export const VICTIM_PROJECT = `only-${VICTIM_MARK}`;

const VICTIM_GRANT = '987654';
/** Of one call; no sum of the reader's is one of the victim's. */
const TOKENS = { [VICTIM]: 7_654_321, [READER]: 1_000_000 };
const CREDITS = { [VICTIM]: '7.654321', [READER]: '1.000001' };

function callsOf(
  userDid: typeof VICTIM | typeof READER,
  mark: string,
  perHour: number,
): ModelCallInput[] {
  return [SHARED_PROJECT, userDid === VICTIM ? VICTIM_PROJECT : 'only-reader'].flatMap((appDid) =>
    Array.from({ length: 60 }, (_, index) => ({
      id: `call-${appDid === SHARED_PROJECT ? 'shared' : mark}-${index}`,
      traceId: `trace-${mark}-${index}`,
      userDid,
      appDid,
      model: index % 3 === 0 ? 'gpt-4o' : `model-${mark}`,
      provider: index % 3 === 0 ? 'openai' : `provider-${mark}`,
      status: index % 5 === 0 ? ('failed' as const) : ('success' as const),
      startedAt: NOW_MS - (index / perHour) * HOUR_MS,
      durationMs: 1000 * perHour + index,
      usage: { inputTokens: TOKENS[userDid], outputTokens: 0 },
      credits: CREDITS[userDid],
      errorReason: index % 5 === 0 ? `reason ${mark}` : '',
      metadata: { note: mark },
    })),
  );
}

/** What both have called. */
export const CALLS = [...callsOf(VICTIM, VICTIM_MARK, 3), ...callsOf(READER, 'reader', 1)];

/** What only the victim's answers can have: their mark, their grant, tokens and credits of one of their calls, and of all. */
export const VICTIM_MARKS = [
  VICTIM_MARK,
  VICTIM,
  VICTIM_GRANT,
  '7654321',
  '7.654321',
  '459259260',
  '918518520',
  '459.25926',
  '918.51852',
];

const UUIDS = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g;

/** The victim's marks in a text. Ids of requests are not looked at: one in two million has a figure by chance. */
export function victimMarksIn(text: string): string[] {
  const lasting = text.replace(UUIDS, '');
  return VICTIM_MARKS.filter((mark) => lasting.includes(mark));
}

/** A quota that tells whose it is. */
export const QUOTA: NonNullable<UsageOptions['quota']> = staticQuota({
  entries: (userDid) => [
    {
      id: `grant-${userDid === VICTIM ? VICTIM_MARK : 'reader'}`,
      kind: 'grant',
      amount: userDid === VICTIM ? VICTIM_GRANT : '1000',
      occurredAt: NOW_MS - 50 * 24 * HOUR_MS,
      description: `grant of ${userDid === VICTIM ? VICTIM_MARK : 'reader'}`,
    },
  ],
});

const RANGE = `from=${NOW_MS - 70 * HOUR_MS}&to=${NOW_MS + 1}&timeZone=Asia/Kathmandu`;
const RANGES = ['', `?${RANGE}`, '?timeZone=America/New_York'];
const list = (...queries: string[]): string[] => ['', ...queries.map((query) => `?${query}`)];

const PROJECT_SORTS = [
  'name',
  'calls',
  'tokens',
  'credits',
  'successRate',
  'averageDuration',
  'p95Duration',
  'lastCall',
];

/** Every endpoint with every parameter, each value of the lists, and search for what is the victim's. */
export const REQUESTS: { name: RouteName; path: string }[] = [
  ...requests('quota', '/quota', ['']),
  ...requests('alerts', '/alerts', ['']),
  ...requests('budgets', '/budgets', ['']),
  ...requests('overview', '/overview', RANGES),
  ...requests('advice', '/advice', RANGES),
  ...requests('trends', '/trends', [
    ...RANGES,
    ...list('granularity=hour', 'granularity=day', 'granularity=month', 'compare=previous'),
    ...list(
      'groupBy=model&top=1',
      'groupBy=provider',
      'groupBy=type',
      'groupBy=project&topBy=cost',
    ),
  ]),
  ...requests('models', '/models', RANGES),
  ...requests('activity', '/activity', RANGES),
  ...requests('projects', '/projects', [
    ...RANGES,
    ...list(
      ...PROJECT_SORTS.flatMap((sort) => [`sortBy=${sort}`, `sortBy=${sort}&sortOrder=asc`]),
      `search=${VICTIM_MARK}`,
      'search=%25',
      'search=only',
      'page=2&pageSize=1',
      'page=1000000&pageSize=100',
      'sparkline=tokens',
      'sparkline=cost&search=only',
    ),
  ]),
  ...requests(
    'quotaDetails',
    '/quota-details',
    list(
      'kind=grant',
      'kind=consumption',
      'groupBy=day&timeZone=Asia/Kathmandu',
      `from=${NOW_MS - HOUR_MS}&to=${NOW_MS}`,
      'page=2&pageSize=1',
    ),
  ),
  ...[SHARED_PROJECT, VICTIM_PROJECT, 'nobodys'].flatMap((project) => [
    ...requests('projectStats', `/projects/${project}/stats`, RANGES),
    ...requests('projectTrends', `/projects/${project}/trends`, [
      ...RANGES,
      '?granularity=hour',
      '?granularity=month&compare=previous',
      '?groupBy=model&topBy=tokens',
    ]),
    ...requests('projectModels', `/projects/${project}/models`, RANGES),
    ...requests('projectLatency', `/projects/${project}/latency`, RANGES),
    ...requests('projectFailures', `/projects/${project}/failures`, RANGES),
    ...requests('projectCalls', `/projects/${project}/calls`, [
      ...RANGES,
      ...list(
        'model=gpt-4o',
        `model=model-${VICTIM_MARK}`,
        'status=failed',
        'status=failed&status=success&counts=true',
        'minDurationMs=1&counts=true',
        'type=chatCompletion',
        'minDurationMs=2500',
        `search=trace-${VICTIM_MARK}`,
        'search=call-shared-1',
        'search=%25',
        'sortBy=duration',
        'sortBy=duration&sortOrder=asc',
        'sortBy=time&sortOrder=asc&limit=100',
        'limit=1',
      ),
    ]),
  ]),
];

function requests(
  name: RouteName,
  path: string,
  queries: string[],
): { name: RouteName; path: string }[] {
  return [...new Set(queries)].map((query) => ({ name, path: path + query }));
}
