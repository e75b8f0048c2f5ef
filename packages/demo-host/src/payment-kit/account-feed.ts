import type { Usage } from '@usage-kit/server-sdk';
import type { DemoClock } from '../server/demo-clock.js';
import { wait } from '../server/live-timer.js';
import type { CreditBook } from './credit-book.js';
import { bringUpToDate } from './demo-accounts.js';

/** Reports the calls' cost to payment-kit while the demo runs. */
export interface AccountFeed {
  stop(): Promise<void>;
}

interface AccountFeedOptions {
  /** When the demo's load ends. */
  anchorMs: number;
  clock: DemoClock;
  onError: (error: unknown) => void;
}

/** Hosts gather their use for a while before they report it; this long. */
const FEED_INTERVAL_MS = 20_000;

/** Begins where the accounts are; the first pause comes before the first report. */
export function startAccountFeed(
  book: CreditBook,
  usage: Usage,
  { anchorMs, clock, onError }: AccountFeedOptions,
): AccountFeed {
  const controller = new AbortController();
  const loop = async (): Promise<void> => {
    let doneMs = clock.now();
    for (;;) {
      await wait(FEED_INTERVAL_MS, controller.signal);
      if (controller.signal.aborted) return;
      const nowMs = clock.now();
      try {
        await bringUpToDate(book, usage, { anchorMs, doneMs, nowMs });
        doneMs = nowMs;
      } catch (error) {
        onError(error);
      }
    }
  };
  const finished = loop();
  return {
    stop: async () => {
      controller.abort();
      await finished;
    },
  };
}
