import type { ResponseErrorCode, ResponseErrorStatuses } from '@usage-kit/server-sdk/contract';
import {
  UsageRequestError,
  type UsageClient,
  type UsageRequestErrorInit,
} from '@usage-kit/widgets';
import { ACTIVITY, ACTIVITY_EMPTY } from './fixtures/activity.js';
import { ADVICE, ADVICE_ITEM, ADVICE_NONE, toSettled } from './fixtures/advice.js';
import { exportedFileFixture } from './fixtures/exported-file.js';
import { ALERTS, ALERTS_NONE, BUDGETS, BUDGETS_NONE } from './fixtures/alerts.js';
import { OVERVIEW, OVERVIEW_EMPTY } from './fixtures/overview.js';
import { projectCallsFixture } from './fixtures/project-calls.js';
import { PROJECT_FAILURES, PROJECT_FAILURES_EMPTY } from './fixtures/project-failures.js';
import { PROJECT_LATENCY, PROJECT_LATENCY_EMPTY } from './fixtures/project-latency.js';
import {
  MODELS,
  MODELS_EMPTY,
  PROJECT_MODELS,
  PROJECT_MODELS_EMPTY,
} from './fixtures/project-models.js';
import { PROJECT_STATS, PROJECT_STATS_EMPTY } from './fixtures/project-stats.js';
import { projectsFixture } from './fixtures/projects.js';
import { QUOTA, QUOTA_NEW } from './fixtures/quota.js';
import { quotaDetailsFixture } from './fixtures/quota-details.js';
import { PROJECT } from './fixtures/totals.js';
import { trendsFixture } from './fixtures/trends.js';

/** How the mock server behaves. `slow` never responds; `not-found` is about projects, the other endpoints have no 404. */
const MODES = [
  'ok',
  'slow',
  'empty',
  'error',
  'signed-out',
  'forbidden',
  'not-found',
  'rate-limited',
] as const;
export type MockMode = (typeof MODES)[number];

/** Whether a word of the toolbar is a mode of the mock server. */
export function isMockMode(word: string): word is MockMode {
  return MODES.some((mode) => mode === word);
}

/** A failure as the client reports it: with a code of the endpoints and the status of that code. */
function createFailure<Code extends ResponseErrorCode>(
  code: Code,
  status: ResponseErrorStatuses[Code],
  message: string,
  more: Pick<UsageRequestErrorInit, 'requestId' | 'retryAfterMs'> = {},
): UsageRequestError {
  const retryable = status === 429 || status >= 500;
  return new UsageRequestError(message, { code, status, retryable, ...more });
}

const FAILURES: Partial<Record<MockMode, UsageRequestError>> = {
  error: createFailure('INTERNAL', 500, 'The database does not respond.', {
    requestId: 'req_7Hq2mZ4c',
  }),
  'signed-out': createFailure('UNAUTHENTICATED', 401, 'No identity.'),
  forbidden: createFailure('SCOPE_FORBIDDEN', 403, 'Not allowed.', { requestId: 'req_9Lk1pT8v' }),
  'not-found': createFailure('PROJECT_NOT_FOUND', 404, 'No such project.', {
    requestId: 'req_3Fd8wX2n',
  }),
  'rate-limited': createFailure('TOO_MANY_REQUESTS', 429, 'Too many requests.', {
    requestId: 'req_5Rb6yN0s',
    retryAfterMs: 60_000,
  }),
};

const NO_PAGES = { items: [], total: 0 };

/** A client that responds with fixtures; `overrides` replaces single endpoints. */
export function createMockClient(
  mode: MockMode = 'ok',
  overrides: Partial<UsageClient> = {},
): UsageClient {
  const isEmpty = mode === 'empty';
  const respond = <T>(full: T, empty: T, hasProject = false): Promise<T> => {
    const failure = mode === 'not-found' && !hasProject ? undefined : FAILURES[mode];
    if (failure !== undefined) return Promise.reject(failure);
    if (mode === 'slow') return new Promise<T>(() => undefined);
    return Promise.resolve(isEmpty ? empty : full);
  };
  return {
    getQuota: () => respond(QUOTA, QUOTA_NEW),
    getQuotaDetails(params) {
      const full = quotaDetailsFixture(params);
      return respond(full, { ...full, ...NO_PAGES });
    },
    getAlerts: () => respond(ALERTS, ALERTS_NONE),
    getBudgets: () => respond(BUDGETS, BUDGETS_NONE),
    createAlert: () => respond(undefined, undefined),
    changeAlert: () => respond(undefined, undefined),
    deleteAlert: () => respond(undefined, undefined),
    acknowledgeAlert: () => respond(undefined, undefined),
    snoozeAlert: () => respond(undefined, undefined),
    createBudget: () => respond(undefined, undefined),
    changeBudget: () => respond(undefined, undefined),
    deleteBudget: () => respond(undefined, undefined),
    getAdvice: () => respond(ADVICE, ADVICE_NONE),
    setAdviceState: (adviceId, state) => {
      const item = [...ADVICE.items].find(({ id }) => id === adviceId) ?? ADVICE_ITEM;
      return respond(toSettled(item, state), toSettled(item, state));
    },
    reopenAdvice: () => respond(undefined, undefined),
    getOverview: () => respond(OVERVIEW, OVERVIEW_EMPTY),
    getProjects(params) {
      const full = projectsFixture(params);
      return respond(full, { ...full, ...NO_PAGES });
    },
    getTrends: (params) => respond(trendsFixture(params), trendsFixture(params, 0)),
    getModels: () => respond(MODELS, MODELS_EMPTY),
    getActivity: () => respond(ACTIVITY, ACTIVITY_EMPTY),
    getProjectStats: () => respond(PROJECT_STATS, PROJECT_STATS_EMPTY, true),
    getProjectTrends: (_appDid, params) =>
      respond(
        { ...trendsFixture(params, 2_800), project: PROJECT },
        { ...trendsFixture(params, 0), project: PROJECT },
        true,
      ),
    getProjectModels: () => respond(PROJECT_MODELS, PROJECT_MODELS_EMPTY, true),
    getProjectLatency: () => respond(PROJECT_LATENCY, PROJECT_LATENCY_EMPTY, true),
    getProjectFailures: () => respond(PROJECT_FAILURES, PROJECT_FAILURES_EMPTY, true),
    getProjectCalls(_appDid, params) {
      const full = projectCallsFixture(params);
      return respond(full, { ...full, ...NO_PAGES, nextCursor: null }, true);
    },
    exportFile: (_kind, { format }) =>
      respond(exportedFileFixture(format), exportedFileFixture(format)),
    ...overrides,
  };
}
