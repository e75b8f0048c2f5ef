import type { Trends } from '@usage-kit/server-sdk';
import type { Ask } from './adapter.js';

/** `(sql, replacements) => sequelize.query(sql, { replacements, type: QueryTypes.SELECT })` of the Hub. */
export type Select = (sql: string, replacements: Record<string, unknown>) => Promise<object[]>;

/** A figure of a user's UTC day that is not the same everywhere. */
export interface Difference {
  userDid: string;
  /** Its first instant. */
  day: string;
  figure: 'calls' | 'successCalls' | 'credits';
  /** What the Hub's old pages sum: its rows of hours. */
  oldPages: number;
  /** What the Hub's rows of calls sum to. */
  calls: number;
  ours: number;
}

type Figures = Record<Difference['figure'], number>;
interface DayRow extends Figures {
  day: number;
}

const DAY_MS = 86_400_000;
const NONE: Figures = { calls: 0, successCalls: 0, credits: 0 };
const CREDIT_TOLERANCE = 1e-5; // SQLite sums binary fractions.

const USERS = `select distinct "userDid" from "ModelCalls"
  where "userDid" is not null and "callTime" >= :from and "callTime" < :to order by "userDid"`;
const CALLS = `select "callTime" / 86400 as day, count(*) as calls,
    sum(case when "status" = 'success' then 1 else 0 end) as "successCalls", sum(coalesce("credits", 0)) as credits
  from "ModelCalls" where "userDid" = :userDid and "callTime" >= :from and "callTime" < :to group by 1`;
const OLD_PAGES = `select "timestamp" / 86400 as day, sum(json_extract("stats", '$.totalCalls')) as calls,
    sum(json_extract("stats", '$.successCalls')) as "successCalls", sum(json_extract("stats", '$.totalCredits')) as credits
  from "ModelCallStats" where "userDid" = :userDid and "appDid" is not null and "timeType" = 'hour'
    and "timestamp" >= :from and "timestamp" < :to group by 1`;

/**
 * Compares each user's finished UTC days: what the Hub's old pages show, what its calls sum to, and ours. Ours has to be
 * equal to the calls; the old pages differ where they lost a late call or one without a project.
 *
 * @param days how many, up to 90: the Hub's own job moves older calls away
 */
export async function compareFigures(
  { select, ask }: { select: Select; ask: Ask },
  days: number,
): Promise<Difference[]> {
  const toMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const fromMs = toMs - days * DAY_MS;
  const range = { from: fromMs / 1000, to: toMs / 1000 };
  const differences: Difference[] = [];
  for (const { userDid } of (await select(USERS, range)) as { userDid: string }[]) {
    const [calls = [], oldPages = []] = await Promise.all(
      [CALLS, OLD_PAGES].map((sql) => select(sql, { ...range, userDid }) as Promise<DayRow[]>),
    );
    for (const { start, ...ours } of await askDays(ask, userDid, { fromMs, toMs })) {
      const ofDay = ({ day }: DayRow): boolean => day * DAY_MS === Date.parse(start);
      const others = { calls: calls.find(ofDay) ?? NONE, oldPages: oldPages.find(ofDay) ?? NONE };
      differences.push(...compareDay({ userDid, day: start }, { ours, ...others }));
    }
  }
  return differences;
}

async function askDays(
  ask: Ask,
  userDid: string,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<(Figures & { start: string })[]> {
  const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const response = await ask(userDid, '/trends', { ...range, granularity: 'day', timeZone: 'UTC' });
  if (!response.ok) throw new Error(`${userDid}: ${response.status} ${await response.text()}`);
  const { points } = (await response.json()) as Trends;
  return points.map(({ start, totals }) => ({
    start,
    calls: totals.calls,
    successCalls: totals.successfulCalls,
    credits: Number(totals.credits ?? 0),
  }));
}

function compareDay(
  of: Pick<Difference, 'userDid' | 'day'>,
  { ours, calls, oldPages }: Record<'ours' | 'calls' | 'oldPages', Figures>,
): Difference[] {
  return (['calls', 'successCalls', 'credits'] as const)
    .map((figure) => {
      const values = { oldPages: oldPages[figure], calls: calls[figure], ours: ours[figure] };
      return { ...of, figure, ...values };
    })
    .filter(
      ({ ours: our, ...others }) =>
        Math.max(Math.abs(others.calls - our), Math.abs(others.oldPages - our)) > CREDIT_TOLERANCE,
    );
}
