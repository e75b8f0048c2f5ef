import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HistoryPlayer } from '../helpers/history-player.js';
import { histories } from '../helpers/random-histories.js';
import { takeServers } from '../helpers/take-servers.js';
import { readCount } from '../helpers/test-size.js';

const servers = await takeServers();

/** Other histories each time. */
const RUNS = readCount('PROPERTY_RUNS', { few: 2, more: 5 });

test.each(servers)(
  'every figure equals the plain account, and parts add up to wholes, through any history on $name',
  { timeout: 120_000 + RUNS * 10_000 },
  async (server) => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const player = await HistoryPlayer.open(server, history);
        try {
          const { differences } = await player.play();
          expect(differences).toEqual([]);
        } finally {
          await player.close();
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
);
