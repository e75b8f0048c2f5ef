import schedule from 'node-schedule';

/** What the scheduler does when it wakes. */
export interface SchedulerOptions {
  /** Cron, in UTC. */
  cron: string;
  run: (signal: AbortSignal) => Promise<unknown>;
  onError: (error: unknown) => void;
}

/** Wakes the rollup; the database decides whether there is work and who does it. */
export interface RollupScheduler {
  /** Begins to wake, and runs once at once. Starting twice is starting once. */
  start(): void;
  /** Wakes no more, and resolves when the run under way has ended at its next transaction. */
  stop(): Promise<void>;
}

/**
 * A scheduler that never overlaps itself. node-schedule alone would: it fires whether or not the last job has ended, and
 * a job that rejects would end the host's process.
 *
 * @throws TypeError when the cron expression is not valid
 */
export function createScheduler({ cron, run, onError }: SchedulerOptions): RollupScheduler {
  let job: schedule.Job | null = null;
  let running: Promise<void> | null = null;
  let stopping = new AbortController();

  const wake = (): void => {
    running ??= run(stopping.signal)
      .then(() => undefined, onError)
      .finally(() => {
        running = null;
      });
  };
  return {
    start: () => {
      if (job) return;
      stopping = new AbortController();
      job = schedule.scheduleJob({ rule: cron, tz: 'UTC' }, wake);
      if (!(job as schedule.Job | null))
        throw new TypeError(`rollup.cron is not a cron expression: "${cron}"`);
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
