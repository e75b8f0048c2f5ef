import { ExponentialBackoff } from 'cockatiel';
import schedule from 'node-schedule';
import type { Wait } from '../runtime/wait.js';
import { watchClock } from '../runtime/watch-clock.js';

/** What the scheduler does when it wakes. */
export interface SchedulerOptions {
  /** Cron, in UTC. */
  cron: string;
  /** One run; its report says `skipped` when another instance is at work. */
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
 * node-schedule waits for a time of the clock: after the clock went back an hour it would wait for an hour. The clock is
 * therefore looked at in between, and when it was changed the next waking is found anew.
 *
 * @throws TypeError when the cron expression is not valid
 */
export function createScheduler(options: SchedulerOptions): RollupScheduler {
  let job: schedule.Job | null = null;
  let endWatch: () => void = () => undefined;
  let running: Promise<void> | null = null;
  let stopping = new AbortController();

  const wake = (): void => {
    running ??= runWithRetries(options, stopping.signal).finally(() => {
      running = null;
    });
  };
  const reschedule = (): void => {
    job?.cancel();
    job = scheduleWaking(options.cron, wake);
    wake();
  };
  return {
    start: () => {
      if (job) return;
      stopping = new AbortController();
      job = scheduleWaking(options.cron, wake);
      endWatch = watchClock(reschedule);
      wake();
    },
    stop: async () => {
      job?.cancel();
      job = null;
      endWatch();
      stopping.abort();
      await running;
    },
  };
}

/** @throws TypeError when the cron expression is not valid */
function scheduleWaking(cron: string, wake: () => void): schedule.Job {
  const job = schedule.scheduleJob({ rule: cron, tz: 'UTC' }, wake) as schedule.Job | null;
  if (job) return job;
  throw new TypeError(`rollup.cron is not a cron expression: "${cron}"`);
}

/** Cockatiel's own retries cannot be interrupted while they wait, so only its delays are used. */
async function runWithRetries(
  { run, onError, retries, wait }: SchedulerOptions,
  signal: AbortSignal,
): Promise<void> {
  let backoff = new ExponentialBackoff(BACKOFF).next();
  for (let attempt = 0; ; attempt += 1) {
    try {
      await runUnskipped({ run, wait }, signal);
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

/** An instance that was killed holds the lease until it expires: who found it taken asks again soon, not at the next waking. */
const SKIPPED_MS = 5000;

async function runUnskipped(
  { run, wait }: Pick<SchedulerOptions, 'run' | 'wait'>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const report = await run(signal);
    if (!isSkipped(report) || signal.aborted) return;
    await wait(SKIPPED_MS, signal);
    if (signal.aborted) return;
  }
}

function isSkipped(report: unknown): boolean {
  return (
    typeof report === 'object' && report !== null && 'skipped' in report && report.skipped === true
  );
}
