import { expect, expectTypeOf, test } from 'vitest';
import { getProjectFailures } from '../../src/advice/failure-service.js';
import { findNewestFrom, readFailedCalls } from '../../src/advice/failed-calls-store.js';
import { getAdvice } from '../../src/advice/advice-service.js';
import { setAdviceState, reopenAdvice } from '../../src/advice/change-advice.js';
import { findAdvice } from '../../src/advice/find-advice.js';
import { readAdviceHistory } from '../../src/advice/advice-history.js';
import {
  deleteAdviceState,
  readAdviceStates,
  writeAdviceState,
} from '../../src/advice/advice-state-store.js';
import { readRecentCalls } from '../../src/advice/recent-calls-store.js';
import { getActivity } from '../../src/queries/activity-service.js';
import { getProjectLatency } from '../../src/queries/latency-service.js';
import { getOverview } from '../../src/queries/overview-service.js';
import { getModels, getProjectModels } from '../../src/queries/model-service.js';
import { getProjectStats, listProjects } from '../../src/queries/project-service.js';
import { getProjectTrends, getTrends } from '../../src/queries/trend-service.js';
import { listCalls } from '../../src/queries/calls/call-service.js';
import { readSnapshot } from '../../src/queries/user-snapshot.js';
import { readScopedFigures } from '../../src/queries/scoped-figures.js';
import { countRows, deleteSomeCalls, deleteUser } from '../../src/erase/erase-store.js';
import { findCandidates, listConditions } from '../../src/queries/calls/call-filter.js';
import { countValues } from '../../src/queries/calls/call-counts.js';
import { countCalls, readCallPage } from '../../src/queries/calls/call-page-store.js';
import {
  readActiveProjects,
  readModelRows,
  readProjectRows,
  readTotalRows,
} from '../../src/aggregates/store/figure-rows.js';
import { readFigures } from '../../src/aggregates/store/figures-store.js';
import { readProjectPoints } from '../../src/aggregates/store/project-points-store.js';
import { readFirstCall, readProject } from '../../src/queries/first-call-store.js';
import { readQuotaSnapshot } from '../../src/quota/quota-snapshot-store.js';
import {
  raiseTokenGeneration,
  readTokenGeneration,
} from '../../src/http/embed/token-generation-store.js';
import { findHours } from '../../src/source/scan-store.js';
import { eraseUser, countErasable } from '../../src/erase/erase-user.js';
import { readBackdated } from '../../src/aggregates/store/backdated-store.js';
import { listAlerts } from '../../src/alerts/list-alerts.js';
import { listBudgets } from '../../src/alerts/list-budgets.js';
import { listEvents, writeEvents } from '../../src/alerts/outbox/event-store.js';
import { evaluateUser } from '../../src/alerts/evaluate-user.js';
import { changeUserRule, createUserRule, deleteUserRule } from '../../src/alerts/write-rules.js';
import { readCallsOfProjects } from '../../src/exports/call-batch-store.js';
import { exportStored } from '../../src/exports/export-stored.js';
import { readStoredRows } from '../../src/exports/stored-rows-store.js';
import { deleteRule, readRules, readStates } from '../../src/alerts/rule-store.js';
import { readDirtyHours } from '../../src/aggregates/store/dirty-hours-store.js';
import { readUserProgress } from '../../src/aggregates/store/user-progress.js';

/** Everything that reads what is a user's takes the user second, as a text: neither left out, nor null, nor undefined. */
const READERS = [
  ...[readFigures, readTotalRows, readModelRows, readProjectRows, readFirstCall, readProject],
  ...[readProjectPoints],
  ...[readActiveProjects, readUserProgress, readDirtyHours, readCallPage, countCalls],
  ...[countValues],
  ...[countRows, deleteSomeCalls, deleteUser, eraseUser, countErasable, findHours],
  ...[listConditions, findCandidates, readQuotaSnapshot, readTokenGeneration, raiseTokenGeneration],
  ...[readSnapshot, readScopedFigures, getOverview, getTrends, getProjectTrends],
  ...[getActivity, getProjectLatency, getProjectFailures, findNewestFrom, readFailedCalls],
  ...[getProjectStats, getModels, getProjectModels, listProjects, listCalls],
  ...[getAdvice, findAdvice, readRecentCalls, readAdviceHistory, setAdviceState, reopenAdvice],
  ...[readAdviceStates, writeAdviceState, deleteAdviceState],
  ...[readRules, readStates, deleteRule, readBackdated, listAlerts, listBudgets],
  ...[listEvents, writeEvents, evaluateUser, createUserRule, changeUserRule, deleteUserRule],
  ...[readCallsOfProjects, exportStored, readStoredRows],
];

/** Never called: it only has to be refused by the compiler. A line that compiles fails `npm run typecheck`. */
export async function withoutAUser(some: {
  [Name in 'transaction' | 'progress' | 'query' | 'database' | 'filter']: never;
}): Promise<void> {
  const { transaction, progress, query, database, filter } = some;
  // @ts-expect-error figures are a user's
  await readFigures(transaction, null, progress, query);
  // @ts-expect-error figures are a user's
  await readFigures(transaction, undefined, progress, query);
  // @ts-expect-error rows are a user's
  await readTotalRows(transaction, null, query);
  // @ts-expect-error progress is a user's
  await readUserProgress(transaction, null);
  // @ts-expect-error what is deleted is a user's
  await deleteUser(transaction, undefined);
  // @ts-expect-error what is deleted is a user's
  await deleteSomeCalls(transaction, null, 1);
  // @ts-expect-error what is deleted is a user's
  await eraseUser(database, undefined);
  // @ts-expect-error a project is a user's
  await readProject(transaction, undefined, 'app', false);
  // @ts-expect-error calls are a user's
  await readCallPage(transaction, undefined, filter, query);
  // @ts-expect-error calls are a user's
  await countCalls(transaction, null, filter);
  // @ts-expect-error candidates are a user's
  await findCandidates(transaction, null, filter);
  // @ts-expect-error a balance is a user's
  await readQuotaSnapshot(database, null);
  // @ts-expect-error a generation is a user's
  await readTokenGeneration(database, undefined);
  // @ts-expect-error rules are a user's
  await readRules(transaction, null);
  // @ts-expect-error states are a user's
  await readStates(transaction, undefined);
  // @ts-expect-error budgets are a user's
  await listBudgets(database, null, query);
  // @ts-expect-error events are a user's
  await listEvents(transaction, null, query);
  // @ts-expect-error events are a user's
  await writeEvents(transaction, undefined, []);
  // @ts-expect-error the user cannot be left out
  await listEvents(transaction, query);
  // @ts-expect-error an evaluation is of a user
  await evaluateUser(database, null, 0);
  // @ts-expect-error what is exported is a user's
  await readCallsOfProjects(transaction, undefined, filter, query);
  // @ts-expect-error what is exported is a user's
  await exportStored(database, null, query);
  // @ts-expect-error an overview is a user's
  await getOverview(database, null, query);
  // @ts-expect-error failed calls are a user's
  await readFailedCalls(transaction, null, query);
  // @ts-expect-error activity is a user's
  await getActivity(database, undefined, query);
  // @ts-expect-error advice is a user's
  await getAdvice(database, null, query);
  // @ts-expect-error what was done is a user's
  await readAdviceStates(transaction, null);
  // @ts-expect-error what was done is a user's
  await deleteAdviceState(database, undefined, 'id');
  // @ts-expect-error calls are a user's
  await readRecentCalls(transaction, undefined, query);
  // @ts-expect-error the user cannot be left out
  await countCalls(transaction, filter);
  // @ts-expect-error the user cannot be left out
  await readTokenGeneration(database);
}

test('a reader of a user’s data does not compile without the user', () => {
  expectTypeOf(readFigures).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readTotalRows).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readModelRows).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readProjectRows).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readFirstCall).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readProject).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readUserProgress).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readCallPage).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(countCalls).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(findCandidates).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readQuotaSnapshot).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readTokenGeneration).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(getOverview).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(getTrends).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(listProjects).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(getProjectStats).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(getModels).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(getProjectModels).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(getProjectTrends).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(listCalls).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(getAdvice).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readRecentCalls).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readRules).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(listAlerts).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(listEvents).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(writeEvents).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(evaluateUser).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readCallsOfProjects).parameter(1).toEqualTypeOf<string>();
  expectTypeOf(readScopedFigures).parameter(1).toEqualTypeOf<string>();
  // None has a default for it either, which `length` would tell.
  expect(READERS.filter((reader) => reader.length < 2)).toEqual([]);
});
