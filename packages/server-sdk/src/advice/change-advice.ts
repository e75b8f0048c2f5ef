import type { AdviceItem } from '../contract/advice.js';
import type { Database } from '../db/database.js';
import { withoutTransaction } from '../db/transaction.js';
import { UsageError } from '../errors.js';
import { findAdvice, type AdviceDependencies, type AdviceQuery } from './find-advice.js';
import { ADVICE_ID } from './advice-draft.js';
import { nameDrafts } from './arrange-advice.js';
import {
  deleteAdviceState,
  readAdviceStates,
  writeAdviceState,
  type AdviceStateRow,
} from './advice-state-store.js';
import { computePromise, formatAdvice, parseAdvice, type StoredAdvice } from './stored-advice.js';
import { toInstant } from '../values/time.js';

/** Which advice, and what became of it. */
export interface AdviceChange extends AdviceQuery {
  adviceId: string;
  state: AdviceStateRow['state'];
}

/**
 * Stores that an advice was dismissed or done, with the advice as it is in the range. One that is not found any more, but was
 * dismissed or done before, is taken as it was then.
 *
 * @throws UsageError `ADVICE_NOT_FOUND`, `PROJECT_FORBIDDEN` for a token of some projects
 */
export async function setAdviceState(
  deps: AdviceDependencies,
  userDid: string,
  { adviceId, state, ...query }: AdviceChange,
): Promise<AdviceItem> {
  requireAccount(query.projects);
  const advice = await findText(deps, userDid, adviceId, query);
  const row = { adviceId, state, changedAtMs: query.nowMs, advice };
  const stored = parseAdvice(row);
  if (stored === null) throw createAdviceNotFound();
  await writeAdviceState(deps.database, userDid, row);
  return toStoredItem(stored);
}

/** Makes an advice open again. @throws UsageError as {@link setAdviceState} */
export async function reopenAdvice(
  { database }: { database: Database },
  userDid: string,
  { adviceId, projects }: Pick<AdviceChange, 'adviceId' | 'projects'>,
): Promise<void> {
  requireAccount(projects);
  const isId = ADVICE_ID.test(adviceId);
  if (!isId || !(await deleteAdviceState(database, userDid, adviceId))) {
    throw createAdviceNotFound();
  }
}

/** The item of a stored advice, nothing measured yet. */
function toStoredItem(stored: StoredAdvice): AdviceItem {
  const { state, changedAtMs, item } = stored;
  if (state === 'dismissed') return { ...item, state, outcome: null };
  const outcome = {
    doneAt: toInstant(changedAtMs),
    promised: computePromise(stored),
    measured: null,
    calls: 0,
  };
  return { ...item, state, outcome };
}

async function findText(
  deps: AdviceDependencies,
  userDid: string,
  adviceId: string,
  query: AdviceQuery,
): Promise<string> {
  if (!ADVICE_ID.test(adviceId)) throw createAdviceNotFound();
  const { drafts } = await findAdvice(deps, userDid, query, () => Promise.resolve(null));
  const found = nameDrafts(userDid, drafts).find(({ id }) => id === adviceId);
  if (found) return formatAdvice(adviceId, found.draft);
  const rows = await readAdviceStates(withoutTransaction(deps.database), userDid);
  const row = rows.find((each) => each.adviceId === adviceId);
  if (!row) throw createAdviceNotFound();
  return row.advice;
}

/** Advice is the account's: what a token of some projects sees is a part of it. */
function requireAccount(projects: readonly string[] | null): void {
  if (projects === null) return;
  throw new UsageError('PROJECT_FORBIDDEN', 'Advice is of all projects; the token is for some.');
}

function createAdviceNotFound(): UsageError {
  return new UsageError('ADVICE_NOT_FOUND', 'You have no such advice.');
}
