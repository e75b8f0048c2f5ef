import { ExponentialBackoff } from 'cockatiel';
import schedule from 'node-schedule';
import type { Wait } from '../ports/wait.js';

/** What the scheduler does when it wakes. */
export interface SchedulerOptions {
  /** Cron, in UTC. */
  cron: string;
  run: (signal: AbortSignal) => Promise<unknown>;
  /** Is told of every failed attempt. Must not throw. */
  onError: (error: unknown) => void;
  /** How often a run that failed is tried again before the next waking. */
  retries: number;
  wait: Wait;
}

/** Wakes the rollup; the database decides whether there is work and who does it. */
export interface RollupScheduler {
  /** Begins to wake, and runs once at once. Starting twice is starting once. */
  start(): void;
  /** Wakes no more, and resolves when the run under way has ended at its next transaction. */
  stop(): Promise<void>;
}

/** Waits between attempts, about doubling; jitter keeps several instances from coming back together. */
const BACKOFF = { initialDelay: 500, maxDelay: 60_000 };

/**
 * A scheduler that never overlaps itself. node-schedule alone would: it fires whether or not the last job has ended, and
 * a job that rejects would end the host's process. A run that waits to be tried again is a run under way.
 *
 * @throws TypeError when the cron expression is not valid
 */
export function createScheduler(options: SchedulerOptions): RollupScheduler {
  let job: schedule.Job | null = null;
  let running: Promise<void> | null = null;
  let stopping = new AbortController();

  const wake = (): void => {
    running ??= runWithRetries(options, stopping.signal).finally(() => {
      running = null;
    });
  };
  return {
    start: () => {
      if (job) return;
      stopping = new AbortController();
      job = schedule.scheduleJob({ rule: options.cron, tz: 'UTC' }, wake);
      if (!(job as schedule.Job | null))
        throw new TypeError(`rollup.cron is not a cron expression: "${options.cron}"`);
      wake();
    },
    stop: async () => {
      job?.cancel();
      job = null;
      stopping.abort();
      await running;
    },
  };
}

/** Cockatiel's own retries cannot be interrupted while they wait, so only its delays are used. */
async function runWithRetries(
  { run, onError, retries, wait }: SchedulerOptions,
  signal: AbortSignal,
): Promise<void> {
  let backoff = new ExponentialBackoff(BACKOFF).next();
  for (let attempt = 0; ; attempt += 1) {
    try {
      await run(signal);
      return;
    } catch (error) {
      onError(error);
    }
    if (signal.aborted || attempt === retries) return;
    await wait(backoff.duration, signal);
    if (signal.aborted) return;
    backoff = backoff.next(undefined);
  }
}
