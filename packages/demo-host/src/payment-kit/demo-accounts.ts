import type { Usage } from '@usage-kit/server-sdk';
import { adaProfile, benProfile, chenDid } from '../seed/profiles.js';
import type { CreditBook, NewGrant } from './credit-book.js';
import { toBase, toHuman } from './units.js';

const DAY_MS = 86_400_000;
/** Before the first call of the load. */
const HISTORY_DAYS = 91;

/** A grant of the demo; days count back from the moment the load was generated for, negative ones lie ahead. */
interface DemoGrant {
  amount: string;
  daysAgo: number;
  name: string;
  category: 'paid' | 'promotional' | 'support';
  expiresDaysAgo?: number;
}

const GRANTS_BY_USER: Readonly<Record<string, readonly DemoGrant[]>> = {
  [adaProfile.userDid]: [
    { amount: '600', daysAgo: 90.5, name: 'Team plan, September', category: 'paid' },
    { amount: '600', daysAgo: 58.4, name: 'Team plan, October', category: 'paid' },
    { amount: '600', daysAgo: 27.6, name: 'Team plan, November', category: 'paid' },
    {
      amount: '100',
      daysAgo: 12.3,
      name: 'Launch week bonus',
      category: 'promotional',
      expiresDaysAgo: 8.3,
    },
    {
      amount: '8.5',
      daysAgo: 5.2,
      name: 'Refund for calls that failed on the provider’s side',
      category: 'support',
    },
    {
      amount: '25',
      daysAgo: 2.1,
      name: 'Thanks for your feedback',
      category: 'promotional',
      expiresDaysAgo: -12,
    },
  ],
  [benProfile.userDid]: [
    { amount: '30', daysAgo: 63.5, name: 'Starter package', category: 'paid' },
    {
      amount: '10',
      daysAgo: 30.2,
      name: 'Welcome back',
      category: 'promotional',
      expiresDaysAgo: -20,
    },
  ],
  [chenDid]: [
    {
      amount: '5',
      daysAgo: 1.2,
      name: 'Welcome credits',
      category: 'promotional',
      expiresDaysAgo: -29,
    },
  ],
};

/** Ids of the users' auto-recharges, which a host stores when its users set one up. */
export function getDemoRechargeId(userDid: string): string | null {
  return userDid === adaProfile.userDid ? 'arc_ada' : null;
}

/**
 * Brings the users' accounts up to a moment: grants as they came, and for each day the use of its calls, in the order
 * of time. What is there already stays; a second run adds what is new. `times` are
 * when the load was generated for, up to when the accounts are done, and now, in epoch milliseconds.
 */
export async function bringUpToDate(
  book: CreditBook,
  usage: Usage,
  times: { anchorMs: number; doneMs?: number; nowMs: number },
): Promise<void> {
  const { anchorMs, doneMs = 0, nowMs } = times;
  for (const [did, grants] of Object.entries(GRANTS_BY_USER)) {
    const customer = await book.createCustomer(did);
    const due = grants.map((grant, index) =>
      toNewGrant(grant, `cg_${did.slice(-6)}${index}`, anchorMs),
    );
    let reported = await toReported(book, customer.id);
    const startMs = Math.floor(anchorMs / DAY_MS - HISTORY_DAYS) * DAY_MS;
    for (const toMs of reportTimes(startMs, nowMs, due).filter((ms) => ms > doneMs)) {
      for (const grant of due.filter(({ effectiveAtMs }) => effectiveAtMs <= toMs)) {
        await book.grant(customer.id, grant);
      }
      // The sum from the beginning, not of the day: a call that ended late is in it too.
      const { credits } = await usage.stats.getAggregatedStats(did, null, startMs, toMs);
      const used = toBase(credits ?? '0');
      if (used <= reported) continue;
      await book.report(customer.id, `${did}/${toMs}`, toHuman(used - reported), toMs - 1);
      reported = used;
    }
  }
  const ada = await book.findCustomer(adaProfile.userDid);
  if (ada && (await book.recharge({ id: 'arc_ada' })) === null) {
    await book.saveRecharge({
      id: 'arc_ada',
      customer_id: ada.id,
      enabled: 1,
      threshold: '50',
      quantity: 2,
    });
  }
}

function toNewGrant(grant: DemoGrant, id: string, anchorMs: number): NewGrant {
  const { amount, name, category, daysAgo, expiresDaysAgo } = grant;
  return {
    id,
    amount,
    name,
    category,
    effectiveAtMs: Math.round(anchorMs - daysAgo * DAY_MS),
    expiresAtMs:
      expiresDaysAgo === undefined ? null : Math.round(anchorMs - expiresDaysAgo * DAY_MS),
  };
}

/** Midnights, now, and where a grant begins or ends, so that each pays for its own time. */
function reportTimes(startMs: number, nowMs: number, grants: readonly NewGrant[]): number[] {
  const times = new Set<number>([nowMs]);
  for (let ms = startMs + DAY_MS; ms < nowMs; ms += DAY_MS) times.add(ms);
  for (const { effectiveAtMs, expiresAtMs } of grants) {
    for (const ms of [effectiveAtMs, expiresAtMs]) {
      if (ms !== null && ms > startMs && ms < nowMs) times.add(ms);
    }
  }
  return [...times].sort((a, b) => a - b);
}

async function toReported(book: CreditBook, customerId: string): Promise<bigint> {
  const events = await book.events(customerId);
  return events.reduce((sum, { value }) => sum + toBase(value), 0n);
}
