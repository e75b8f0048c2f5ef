import { ExponentialBackoff } from 'cockatiel';
import schedule from 'node-schedule';
import type { Wait } from '../runtime/wait.js';
import { watchClock } from '../runtime/watch-clock.js';

/** The runs of a scheduler. */
export interface SchedulerOptions {
  /** Cron, in UTC. */
  cron: string;
  /** One run; its report says `skipped` when another instance is at work. */
  run: (signal: AbortSignal) => Promise<unknown>;
  /** Receives the error of every failed attempt. Must not throw. */
  onError: (error: unknown) => void;
  /** How often a failed run is repeated before the next scheduled one. */
  retries: number;
  wait: Wait;
}

/** Starts runs of the rollup; the database decides whether there is work and which instance does it. */
export interface RollupScheduler {
  /** Starts the first run immediately, and later ones as scheduled. A second call has no effect. @throws TypeError for an invalid cron expression */
  start(): void;
  /** Starts no more runs, and resolves when the run in progress has stopped after its transaction. */
  stop(): Promise<void>;
}

/** Delays between attempts, about doubling; jitter keeps several instances from retrying together. */
const BACKOFF = { initialDelay: 500, maxDelay: 60_000 };

/**
 * Creates a scheduler whose runs never overlap. Those of node-schedule would: it starts a job whether or not the last one has
 * ended, and a job that rejects would end the host's process. A run that waits for its next attempt is in progress.
 *
 * node-schedule waits for a time of the clock: when the clock goes back an hour, it waits an hour longer. The scheduler
 * therefore watches the clock, and computes the next run again when it was changed.
 *
 * @throws TypeError when the cron expression is not valid
 */
export function createScheduler(options: SchedulerOptions): RollupScheduler {
  let job: schedule.Job | null = null;
  let endWatch: () => void = () => undefined;
  let running: Promise<void> | null = null;
  let stopping = new AbortController();

  const startRun = (): void => {
    running ??= runWithRetries(options, stopping.signal).finally(() => {
      running = null;
    });
  };
  const reschedule = (): void => {
    job?.cancel();
    job = scheduleJob(options.cron, startRun);
    startRun();
  };
  return {
    start: () => {
      if (job) return;
      stopping = new AbortController();
      job = scheduleJob(options.cron, startRun);
      endWatch = watchClock(reschedule);
      startRun();
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
function scheduleJob(cron: string, startRun: () => void): schedule.Job {
  const job = schedule.scheduleJob({ rule: cron, tz: 'UTC' }, startRun) as schedule.Job | null;
  if (job) return job;
  throw new TypeError(`rollup.cron is not a cron expression: "${cron}"`);
}

/** Uses only the delays of cockatiel, because its retries cannot be interrupted while they wait. */
async function runWithRetries(
  { run, onError, retries, wait }: SchedulerOptions,
  signal: AbortSignal,
): Promise<void> {
  let backoff = new ExponentialBackoff(BACKOFF).next();
  for (let attempt = 0; ; attempt += 1) {
    try {
      await runUntilNotSkipped({ run, wait }, signal);
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

/** Delay after a skipped run: the lease of a killed instance expires before the next scheduled run. */
const SKIPPED_DELAY_MS = 5000;

async function runUntilNotSkipped(
  { run, wait }: Pick<SchedulerOptions, 'run' | 'wait'>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const report = await run(signal);
    if (!isSkipped(report) || signal.aborted) return;
    await wait(SKIPPED_DELAY_MS, signal);
    if (signal.aborted) return;
  }
}

function isSkipped(report: unknown): boolean {
  return (
    typeof report === 'object' && report !== null && 'skipped' in report && report.skipped === true
  );
}
