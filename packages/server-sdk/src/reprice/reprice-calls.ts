import { raiseVersions } from '../aggregates/store/user-version-store.js';
import type { Database } from '../db/database.js';
import { retryWrites } from '../db/retry-writes.js';
import { readInSnapshot, writeInTransaction, type Transaction } from '../db/transaction.js';
import { computeCredits, createPriceCall, type CallUnits } from '../pricing/price-call.js';
import type { ResolvedPricing } from '../pricing/resolve-pricing.js';
import { prepareCalls, writeCalls } from '../recording/call-write-store.js';
import type { RollupRange } from '../rollup/rollup-control.js';
import { readAllUsers } from '../rollup/every-user-store.js';
import { runInBackground } from '../runtime/request-signal.js';
import { parseInstant } from '../values/parse-instant.js';
import type { StoredCall } from '../values/stored-call.js';
import type { TimeRange } from '../values/time.js';
import { CALLS_PER_PAGE, readEndedCalls } from './reprice-store.js';
import { RepriceCounter, type RepriceReport } from './reprice-report.js';

/** Which calls are priced again, and how. */
export interface RepriceSettings {
  range: TimeRange;
  /** `null`: all users. */
  userDid: string | null;
  pricing: ResolvedPricing;
  /** Whether nothing is written. */
  dryRun: boolean;
  /** Receives the number of calls so far. */
  onProgress?: ((calls: number) => void) | undefined;
}

/** A range as an integrator writes it. @throws TypeError for a range that is none */
export function toRepriceRange({
  from,
  to,
  userDid,
}: RollupRange): Pick<RepriceSettings, 'range' | 'userDid'> {
  const [fromMs, toMs] = [parseInstant(from), parseInstant(to)];
  if (fromMs === null || toMs === null || fromMs >= toMs) {
    throw new TypeError('from and to must be instants: Date, epoch milliseconds or RFC 3339');
  }
  return { range: { fromMs, toMs }, userDid: userDid ?? null };
}

/**
 * Prices the calls of a range again, each by its own time: those without a cost, and those whose cost is from a price table. A
 * cost that the provider reported or the host named stays, and so does one that the prices of today do not know. Credits that
 * were computed from the old cost are computed again. Calls that are archived are gone and keep their sums.
 *
 * @throws StatementError when the database fails
 */
export function repriceCalls(
  database: Database,
  settings: RepriceSettings,
): Promise<RepriceReport> {
  return runInBackground(async () => {
    if (!database.calls.isOwn) {
      throw new TypeError('reprice: a call table of the host (option "calls") is only read');
    }
    const { userDid, dryRun } = settings;
    const users = userDid === null ? await readInSnapshot(database, readAllUsers) : [userDid];
    const counter = new RepriceCounter(dryRun);
    const reprice = createReprice(database.calls, settings.pricing);
    let calls = 0;
    for (const user of users) {
      let after: StoredCall | null = null;
      do {
        const page = await repricePage(database, user, settings, { after, reprice });
        for (const { before, now } of page.repriced) counter.add(before, now);
        calls += page.repriced.length;
        settings.onProgress?.(calls);
        after = page.last;
      } while (after !== null);
    }
    return counter.toReport();
  });
}

/** A call as it is stored, and as it is to be stored: the same object where nothing changes. */
interface RepricedCall {
  before: StoredCall;
  now: StoredCall;
}

/** Where a page begins, and how its calls are priced. */
interface PageSettings {
  /** The last call of the page before. */
  after: StoredCall | null;
  reprice: (call: StoredCall) => StoredCall;
}

async function repricePage(
  database: Database,
  userDid: string,
  { range, dryRun }: RepriceSettings,
  { after, reprice }: PageSettings,
): Promise<{ repriced: RepricedCall[]; last: StoredCall | null }> {
  const readPage = async (transaction: Transaction): Promise<StoredCall[]> =>
    readEndedCalls(transaction, userDid, range, after);
  const toResult = (
    page: readonly StoredCall[],
  ): { repriced: RepricedCall[]; last: StoredCall | null } => ({
    repriced: page.filter(isRepriceable).map((call) => ({ before: call, now: reprice(call) })),
    last: page.length < CALLS_PER_PAGE ? null : (page.at(-1) ?? null),
  });
  if (dryRun) return toResult(await readInSnapshot(database, readPage));
  return retryWrites(() =>
    writeInTransaction(database, async (transaction) => {
      // From here on no other writer changes the calls that are read and written again.
      await raiseVersions(transaction, [userDid]);
      const result = toResult(await readPage(transaction));
      const changed = result.repriced.filter(({ before, now }) => now !== before);
      if (changed.length > 0) {
        // All are stored already, so none is new to alerts.
        const settings = { isBackdated: () => false, currency: transaction.calls.currency };
        const prepared = prepareCalls(
          transaction.dialect,
          changed.map(({ now }) => now),
          settings,
        );
        await writeCalls(transaction, prepared);
      }
      return result;
    }),
  );
}

function isRepriceable({ costSource }: StoredCall): boolean {
  return costSource === 'unknown' || costSource === 'priced';
}

/** Makes the function that prices a call again; it returns the same object where nothing changes. */
function createReprice(
  units: CallUnits,
  pricing: ResolvedPricing,
): (call: StoredCall) => StoredCall {
  const price = createPriceCall(units, pricing);
  return (call) => {
    const bare = { ...call, costE10: null, currency: null, priceTable: null } as const;
    const hasComputedCredits =
      call.creditsE10 !== null &&
      BigInt(call.creditsE10) === computeCredits(call, pricing, units.creditDecimals);
    const now = price(
      { ...bare, costSource: 'unknown', creditsE10: hasComputedCredits ? null : call.creditsE10 },
      () => undefined,
    );
    const isSame =
      now.costE10 === call.costE10 &&
      now.currency === call.currency &&
      now.priceTable === call.priceTable;
    return now.costE10 === null || isSame ? call : now;
  };
}
