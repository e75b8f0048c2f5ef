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
import type { QuotaSnapshots, SavedSnapshot } from './quota-snapshots.js';

/** Users whose last balance is cached in memory, about 2 kB each; the table has the others. */
const MAX_USERS = 20_000;
/** Ledger rows that are cached in memory, about 300 bytes each. */
const MAX_LEDGER_ROWS = 50_000;
/** Maximum number of concurrent requests to the provider. */
const MAX_REQUESTS = 2000;
const MAX_REASONS = 100;

/** A balance with the auto-recharge of its account. */
export interface BalanceResult {
  balance: QuotaBalance | NoAccount;
  autoRecharge: AutoRecharge | null;
}

/** A result of the provider. */
export interface ProviderResult<T> {
  value: T;
  /** When a cached result was current, epoch ms; `null` for one of this request. */
  staleSinceMs: number | null;
}

/** A request without its signal and deadline, which are added here. */
type Unbound<T extends QuotaRequest> = Omit<T, 'signal' | 'deadlineMs'>;

/** Results of the provider, or the cached ones while it fails. */
export interface ProviderResults {
  /** Requests the balance; `null` when the provider fails and there is no cached balance. */
  balance(request: Unbound<QuotaRequest>): Promise<ProviderResult<BalanceResult> | null>;
  /** Requests a page of the ledger; `null` as {@link balance}. */
  ledger(request: Unbound<LedgerRequest>): Promise<ProviderResult<LedgerPage> | null>;
  /** Removes cached results of a user. */
  forget(userDid: string): void;
  /** Resolves when all snapshots are written. */
  close(): Promise<void>;
}

interface Cached<T> {
  value: T;
  answeredAtMs: number;
  saved: SavedSnapshot | null;
}

/**
 * Makes results over a provider: concurrent requests for the same result share one request to the provider, and results are
 * cached. No caller waits longer than the deadline, also while requests of other users are in progress.
 */
export function createProviderResults(
  provider: QuotaProvider,
  snapshots: QuotaSnapshots,
  logger: Logger,
  deadlineMs: number,
): ProviderResults {
  const guard = createProviderGuard(deadlineMs, logger);
  const readAutoRechargeOf = createAutoRechargeReader(provider, deadlineMs / 2);
  const share = createSharing();
  const withFallback = createFallback(logger, deadlineMs);
  const balances = new LRUCache<string, Cached<BalanceResult>>({ max: MAX_USERS });
  const pages = createPageCache();

  const requestBalance = async (request: Unbound<QuotaRequest>): Promise<BalanceResult> => {
    const { userDid, nowMs: answeredAtMs } = request;
    const value = await guard.run(async (signal) => {
      const bound = { ...request, signal, deadlineMs };
      const [balance, autoRecharge] = await Promise.all([
        provider.getQuota(bound),
        readAutoRechargeOf(bound, balances.peek(userDid)?.value.autoRecharge ?? null),
      ]);
      return { balance: readBalance(balance), autoRecharge };
    });
    const snapshot = { userDid, answeredAtMs, answer: JSON.stringify(value) };
    const saved = snapshots.save(snapshot, balances.peek(userDid)?.saved ?? null);
    balances.set(userDid, { value, answeredAtMs, saved });
    return value;
  };

  const requestLedger = async (
    key: string,
    request: Unbound<LedgerRequest>,
  ): Promise<LedgerPage> => {
    const value = await guard.run(async (signal) => {
      const page: unknown = await provider.listLedger({ ...request, signal, deadlineMs });
      return readLedgerPage(page, request.pageSize);
    });
    pages.set(key, { value, answeredAtMs: request.nowMs, saved: null });
    return value;
  };

  return {
    balance: (request) => {
      const { userDid } = request;
      const running = share(`balance ${userDid}`, () => requestBalance(request));
      return withFallback(running, () =>
        findLatest(snapshots, userDid, balances.get(userDid) ?? null),
      );
    },
    ledger: (request) => {
      const { userDid, kind, fromMs, toMs, page, pageSize } = request;
      const key = JSON.stringify(['ledger', userDid, kind, fromMs, toMs, page, pageSize]);
      const running = share(key, () => requestLedger(key, request));
      return withFallback(running, () => Promise.resolve(pages.get(key) ?? null));
    },
    forget: (userDid) => {
      balances.delete(userDid);
      deletePages(pages, userDid);
      snapshots.forget(userDid);
    },
    close: () => snapshots.close(),
  };
}

type PageCache = LRUCache<string, Cached<LedgerPage>>;

function createPageCache(): PageCache {
  return new LRUCache({
    maxSize: MAX_LEDGER_ROWS,
    sizeCalculation: ({ value }) => value.items.length + 1,
  });
}

/** Deletes the cached pages of a user. */
function deletePages(pages: PageCache, userDid: string): void {
  const start = `${JSON.stringify(['ledger', userDid]).slice(0, -1)},`;
  for (const key of [...pages.keys()]) if (key.startsWith(start)) pages.delete(key);
}

/** Returns the last result of this process, or a later snapshot in the table, which another process may have stored. */
async function findLatest(
  snapshots: QuotaSnapshots,
  userDid: string,
  last: Cached<BalanceResult> | null,
): Promise<Cached<BalanceResult> | null> {
  const stored = await snapshots.read(userDid);
  if (stored === null || stored.answeredAtMs <= (last?.answeredAtMs ?? 0)) return last;
  const value = readStored(stored.answer);
  return value ? { value, answeredAtMs: stored.answeredAtMs, saved: null } : last;
}

/** Reads a snapshot; `null` for one in another format, which a later version may have stored. */
function readStored(answer: unknown): BalanceResult | null {
  const { balance, autoRecharge } = (answer ?? {}) as Record<string, unknown>;
  try {
    return { balance: readBalance(balance), autoRecharge: readAutoRecharge(autoRecharge) };
  } catch {
    return null;
  }
}

/** Makes a function that waits for a request in flight, and returns the last result when it fails or is late. */
function createFallback(
  logger: Logger,
  deadlineMs: number,
): <T>(
  running: Promise<T>,
  readLast: () => Promise<Cached<T> | null>,
) => Promise<ProviderResult<T> | null> {
  const deadline = timeout(deadlineMs, TimeoutStrategy.Aggressive);
  const noteFailure = createFailureLog(logger);
  return async (running, readLast) => {
    try {
      return { value: await deadline.execute(() => running), staleSinceMs: null };
    } catch (error) {
      noteFailure(error);
      const last = await readLast();
      return last && { value: last.value, staleSinceMs: last.answeredAtMs };
    }
  };
}

/**
 * Makes a function that runs work once for all concurrent requests of the same name (single flight). It rejects when
 * {@link MAX_REQUESTS} are in flight.
 */
function createSharing(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const inFlight = new Map<string, Promise<unknown>>();
  return <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const known = inFlight.get(name);
    if (known) return known as Promise<T>;
    if (inFlight.size >= MAX_REQUESTS) {
      return Promise.reject(new Error('Too many concurrent requests to the quota provider'));
    }
    const running = work().finally(() => inFlight.delete(name));
    inFlight.set(name, running);
    // The callers may have stopped waiting before it fails.
    running.catch(() => undefined);
    return running;
  };
}

/** Makes a function that reads the auto-recharge, or returns the last one when that fails: it must not delay the balance. */
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

/** Makes a function that logs failures. One that concerns a user is logged once: polls would repeat it every minute. */
function createFailureLog(logger: Logger): (error: unknown) => void {
  const known = new LRUCache<string, true>({ max: MAX_REASONS });
  return (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    const isNew = error instanceof QuotaProviderError && !known.has(reason);
    if (isNew && error.concerns === 'user') {
      known.set(reason, true);
      logger.warn('The quota provider failed for a user', { error });
    } else logger.debug('The quota provider gave no result', { error });
  };
}
