import { TimeoutStrategy, timeout } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import type { AutoRecharge } from '../contract/quota.js';
import type { Logger } from '../runtime/logger.js';
import {
  QuotaProviderError,
  type LedgerPage,
  type LedgerRequest,
  type NoAccount,
  type QuotaBalance,
  type QuotaProvider,
  type QuotaRequest,
} from './quota-provider.js';
import { createProviderGuard } from './quota-guard.js';
import { readAutoRecharge, readBalance, readLedgerPage } from './quota-schema.js';
import type { QuotaSnapshots, SavedAnswer } from './quota-snapshots.js';

/** Users whose last balance is kept in memory, about 2 kB each; the table has the others. */
const MAX_USERS = 20_000;
/** Ledger rows kept in memory, about 300 bytes each. */
const MAX_LEDGER_ROWS = 50_000;
/** Questions under way at once. */
const MAX_REQUESTS = 2000;
const MAX_REASONS = 100;

/** A balance and what belongs to it. */
export interface QuotaAnswer {
  balance: QuotaBalance | NoAccount;
  autoRecharge: AutoRecharge | null;
}

/** An answer, and when it was given if that was not now, epoch ms. */
export interface Answered<T> {
  value: T;
  staleSinceMs: number | null;
}

/** A question as the service has it; the signal and the deadline are added here. */
type Question<T extends QuotaRequest> = Omit<T, 'signal' | 'deadlineMs'>;

/** The provider's answers, or its last ones when it cannot give any. */
export interface QuotaAnswers {
  /** `null` when it does not answer and never has. */
  balance(question: Question<QuotaRequest>): Promise<Answered<QuotaAnswer> | null>;
  ledger(question: Question<LedgerRequest>): Promise<Answered<LedgerPage> | null>;
  /** Forgets what was said about a user. */
  forget(userDid: string): void;
  /** Resolves when everything that is remembered is written. */
  close(): Promise<void>;
}

interface Remembered<T> {
  value: T;
  answeredAtMs: number;
  saved: SavedAnswer | null;
}

/**
 * Asks a provider once for all who wait for the same and remembers what it says. Nobody waits longer than the deadline,
 * not for others' questions before theirs either.
 */
export function createQuotaAnswers(
  provider: QuotaProvider,
  snapshots: QuotaSnapshots,
  logger: Logger,
  deadlineMs: number,
): QuotaAnswers {
  const guard = createProviderGuard(deadlineMs, logger);
  const autoRechargeOf = createAutoRechargeReader(provider, deadlineMs / 2);
  const fly = createFlights();
  const answer = createAnswerer(logger, deadlineMs);
  const balances = new LRUCache<string, Remembered<QuotaAnswer>>({ max: MAX_USERS });
  const pages = new LRUCache<string, Remembered<LedgerPage>>({
    maxSize: MAX_LEDGER_ROWS,
    sizeCalculation: ({ value }) => value.items.length + 1,
  });

  const askBalance = async (question: Question<QuotaRequest>): Promise<QuotaAnswer> => {
    const { userDid, nowMs } = question;
    const value = await guard.ask(async (signal) => {
      const request = { ...question, signal, deadlineMs };
      const last = balances.peek(userDid)?.value.autoRecharge ?? null;
      const [balance, autoRecharge] = await Promise.all([
        provider.getQuota(request),
        autoRechargeOf(request, last),
      ]);
      return { balance: readBalance(balance), autoRecharge };
    });
    const snapshot = { userDid, answeredAtMs: nowMs, answer: JSON.stringify(value) };
    const saved = snapshots.save(snapshot, balances.peek(userDid)?.saved ?? null);
    balances.set(userDid, { value, answeredAtMs: nowMs, saved });
    return value;
  };

  const askLedger = async (key: string, question: Question<LedgerRequest>): Promise<LedgerPage> => {
    const value = await guard.ask(async (signal) => {
      const page: unknown = await provider.listLedger({ ...question, signal, deadlineMs });
      return readLedgerPage(page, question.pageSize);
    });
    pages.set(key, { value, answeredAtMs: question.nowMs, saved: null });
    return value;
  };

  return {
    balance: (question) => {
      const { userDid } = question;
      const flight = fly(JSON.stringify(['balance', userDid]), () => askBalance(question));
      return answer(flight, () => findLatest(snapshots, userDid, balances.get(userDid) ?? null));
    },
    ledger: (question) => {
      const { userDid, kind, fromMs, toMs, page, pageSize } = question;
      const key = JSON.stringify(['ledger', userDid, kind, fromMs, toMs, page, pageSize]);
      const flight = fly(key, () => askLedger(key, question));
      return answer(flight, () => Promise.resolve(pages.get(key) ?? null));
    },
    forget: (userDid) => {
      balances.delete(userDid);
      deletePages(pages, userDid);
      snapshots.forget(userDid);
    },
    close: () => snapshots.close(),
  };
}

/** Deletes the pages of a user, which all keys begin with. */
function deletePages(pages: LRUCache<string, Remembered<LedgerPage>>, userDid: string): void {
  const start = `${JSON.stringify(['ledger', userDid]).slice(0, -1)},`;
  for (const key of [...pages.keys()]) if (key.startsWith(start)) pages.delete(key);
}

/** The last answer here, or a later one in the table: another process may have had one since. */
async function findLatest(
  snapshots: QuotaSnapshots,
  userDid: string,
  last: Remembered<QuotaAnswer> | null,
): Promise<Remembered<QuotaAnswer> | null> {
  const stored = await snapshots.read(userDid);
  if (stored === null || stored.answeredAtMs <= (last?.answeredAtMs ?? 0)) return last;
  const value = readStored(stored.answer);
  return value ? { value, answeredAtMs: stored.answeredAtMs, saved: null } : last;
}

/** What the table has; a later version may have written it before this one runs again. */
function readStored(answer: unknown): QuotaAnswer | null {
  const { balance, autoRecharge } = (answer ?? {}) as Record<string, unknown>;
  try {
    return { balance: readBalance(balance), autoRecharge: readAutoRecharge(autoRecharge) };
  } catch {
    return null;
  }
}

/** Gives the answer of a flight, or what was remembered before it. */
function createAnswerer(
  logger: Logger,
  deadlineMs: number,
): <T>(
  flight: Promise<T>,
  recall: () => Promise<Remembered<T> | null>,
) => Promise<Answered<T> | null> {
  const patience = timeout(deadlineMs, TimeoutStrategy.Aggressive);
  const noteFailure = createFailureLog(logger);
  return async (flight, recall) => {
    try {
      return { value: await patience.execute(() => flight), staleSinceMs: null };
    } catch (error) {
      noteFailure(error);
      const last = await recall();
      return last && { value: last.value, staleSinceMs: last.answeredAtMs };
    }
  };
}

/** Runs work once for all who ask for it by the same name meanwhile. */
function createFlights(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const flights = new Map<string, Promise<unknown>>();
  return <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const known = flights.get(name);
    if (known) return known as Promise<T>;
    if (flights.size >= MAX_REQUESTS) {
      return Promise.reject(new Error('Too many quota questions at once'));
    }
    const flight = work().finally(() => flights.delete(name));
    flights.set(name, flight);
    // Who asked may have gone before it fails.
    flight.catch(() => undefined);
    return flight;
  };
}

/** The auto-recharge, or the last known one: it may cost neither the balance nor its deadline. */
function createAutoRechargeReader(
  provider: QuotaProvider,
  deadlineMs: number,
): (request: QuotaRequest, last: AutoRecharge | null) => Promise<AutoRecharge | null> {
  const deadline = timeout(deadlineMs, TimeoutStrategy.Aggressive);
  return async (request, last) => {
    try {
      return await deadline.execute(
        async ({ signal }) =>
          readAutoRecharge(await provider.getAutoRecharge?.({ ...request, signal })),
        request.signal,
      );
    } catch {
      return last;
    }
  };
}

/** Faults of one user's question are told once each: polls would repeat them every minute. */
function createFailureLog(logger: Logger): (error: unknown) => void {
  const known = new LRUCache<string, true>({ max: MAX_REASONS });
  return (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    const isNew = error instanceof QuotaProviderError && !known.has(reason);
    if (isNew && error.concerns === 'user') {
      known.set(reason, true);
      logger.warn('The quota provider cannot answer about a user', { error });
    } else logger.debug('The quota provider gave no answer', { error });
  };
}
