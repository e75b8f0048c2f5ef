import type { Middleware } from 'koa';
import { wait } from '../server/live-timer.js';

/** Ways in which the demo's payment-kit can fail. */
export const FAILURE_MODES = [
  'ok',
  'slow',
  'hanging',
  'failing',
  'flapping',
  'wrong',
  'huge',
] as const;
export type FailureMode = (typeof FAILURE_MODES)[number];

const SLOW_MS = 4000;
const HUGE_BYTES = 32 * 1024 * 1024;

/** Switches the failure mode of the demo's payment-kit; a change applies to the next request. */
export class FailureSwitch {
  mode: FailureMode = 'ok';
  #requests = 0;
  readonly #stopped = new AbortController();

  /** Ends the delay of waiting requests. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Goes before the routes and fails or delays their responses. */
  middleware(): Middleware {
    return async (ctx, next) => {
      this.#requests += 1;
      const { signal } = this.#stopped;
      switch (this.mode) {
        case 'ok':
          await next();
          return;
        case 'slow':
          await wait(SLOW_MS, signal);
          await next();
          return;
        case 'hanging':
          await wait(24 * 3_600_000, signal);
          return;
        case 'failing':
          return ctx.throw(500, 'Switched to failing');
        case 'flapping':
          // Four of either in a row, so that an immediate retry does not always help.
          if (Math.floor(this.#requests / 4) % 2 === 1) ctx.throw(503, 'Switched to flapping');
          await next();
          return;
        case 'wrong':
          ctx.body = {
            pc_demoCredits: { totalAmount: '12.5', remainingAmount: 'a lot' },
            list: 'none',
          };
          return;
        case 'huge':
          ctx.type = 'json';
          ctx.body = `{"filling":"${'x'.repeat(HUGE_BYTES)}"}`;
          return;
      }
    };
  }
}
