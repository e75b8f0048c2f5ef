import type { Totals } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import { parseInstant } from '../values/parse-instant.js';
import { HOUR_MS, floorTo } from '../values/time.js';
import type { Clock } from '../runtime/clock.js';
import { readScopedFigures } from './scoped-figures.js';
import { withTotals } from './user-snapshot.js';

/** An instant as an integrator writes it: Date, epoch milliseconds or RFC 3339. */
export type InstantInput = Date | number | string;

/** Figures for a host's own code; every method takes the user first. */
export interface StatsReader {
  /** One project's totals of the UTC hour that an instant is in, the running one included. */
  getHourlyStatsByApp(
    userDid: string,
    appDid: string,
    hourTimestamp: InstantInput,
  ): Promise<Totals>;
  /** One project's totals of `[startTime, endTime)`; `null`: all of the user's projects. */
  getAggregatedStats(
    userDid: string,
    appDid: string | null,
    startTime: InstantInput,
    endTime: InstantInput,
  ): Promise<Totals>;
}

/** The reader over a database. */
export function createStatsReader(database: Database, clock: Clock): StatsReader {
  const readTotals = async (
    userDid: string,
    appDid: string | null,
    fromMs: number,
    toMs: number,
  ): Promise<Totals> => {
    if (typeof (userDid as unknown) !== 'string' || userDid === '') {
      throw new TypeError('userDid must be a non-empty string');
    }
    const { figures, currency } = await database.requestActivity.run(() =>
      readScopedFigures(database, userDid, {
        projects: appDid === null ? null : [appDid],
        ranges: withTotals([{ fromMs, toMs }]),
        nowMs: clock.now(),
      }),
    );
    return toTotals(figures[0]?.total ?? new CallFigures(), currency);
  };
  return {
    getHourlyStatsByApp: async (userDid, appDid, hourTimestamp) => {
      const hourMs = floorTo(HOUR_MS, toMs('hourTimestamp', hourTimestamp));
      return readTotals(userDid, appDid, hourMs, hourMs + HOUR_MS);
    },
    getAggregatedStats: async (userDid, appDid, startTime, endTime) => {
      const fromMs = toMs('startTime', startTime);
      return readTotals(userDid, appDid, fromMs, Math.max(fromMs, toMs('endTime', endTime)));
    },
  };
}

function toMs(name: string, value: InstantInput): number {
  const ms = parseInstant(value);
  if (ms === null) throw new TypeError(`${name} must be a Date, epoch milliseconds or RFC 3339`);
  return ms;
}
