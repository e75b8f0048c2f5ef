import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkExports } from '../helpers/check-exports.js';
import { HistoryPlayer } from '../helpers/history-player.js';
import { histories, type History } from '../helpers/random-histories.js';
import { availableServers } from '../helpers/test-databases.js';

const servers = await availableServers();

/** `PROPERTY_RUNS=300 npx vitest run test/exports/sums.test.ts` plays more. */
const RUNS = { SQLite: 3, PostgreSQL: 1, MariaDB: 1 };
const asked = Number(process.env['PROPERTY_RUNS'] ?? Number.NaN);

test.each(servers)(
  'rows of every export add up to its footer and to the endpoints, after any history on $name',
  { timeout: Number.isNaN(asked) ? 180_000 : 180_000 + asked * 10_000 },
  async (server) => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const player = await HistoryPlayer.open(server, history);
        try {
          await player.play();
          rows += await checkExports(player.server, choosePart(history));
        } finally {
          await player.close();
        }
      }),
      { numRuns: Number.isNaN(asked) ? RUNS[server.name] : asked, endOnFailure: true },
    );
    // How many depends on what was drawn.
    expect(rows).toBeGreaterThan(0);
  },
);

/** The range and zone of the history's last check, else all of it in a zone on a quarter of an hour. */
function choosePart({ startMs, spanMs, steps }: History): Parameters<typeof checkExports>[1] {
  const check = steps.findLast((step) => step.kind === 'check');
  return check
    ? { ...check, fromMs: startMs + check.fromMs }
    : { fromMs: startMs, lengthMs: spanMs, zone: 'Asia/Kathmandu', granularity: 'day' };
}
