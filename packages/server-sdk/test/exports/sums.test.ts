import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkExports } from '../helpers/check-exports.js';
import { HistoryPlayer } from '../helpers/history-player.js';
import { histories, type History } from '../helpers/random-histories.js';
import { takeServers } from '../helpers/take-servers.js';
import { readCount } from '../helpers/test-size.js';

const servers = await takeServers();

/** `PROPERTY_RUNS=300 npx vitest run test/exports/sums.test.ts` plays more. */
const RUNS = readCount('PROPERTY_RUNS', { few: 1, more: 3 });

test.each(servers)(
  'rows of every export add up to its footer and to the endpoints, after any history on $name',
  { timeout: 180_000 + RUNS * 10_000 },
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
      { numRuns: RUNS, endOnFailure: true },
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
