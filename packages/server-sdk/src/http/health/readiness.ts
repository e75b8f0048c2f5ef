import type { Database } from '../../db/database.js';
import { listRunMigrations } from '../../db/later-history.js';
import { MIGRATION_NAMES } from '../../db/migration-source.js';
import { Deadline } from '../../runtime/deadline.js';
import type { Logger } from '../../runtime/logger.js';
import { describeForLog } from '../../runtime/redacting-logger.js';
import { runForRequest } from '../../runtime/request-signal.js';

/** Whether this process can respond to users, for a load balancer. It says nothing of users. */
export interface Readiness {
  isReady: boolean;
  /**
   * `null` when it is ready. `database`: it does not respond in time. `tables`: they are not migrated to this version.
   * `stopped`: `usage.stop()` was called.
   */
  reason: 'database' | 'tables' | 'stopped' | null;
}

const READY: Readiness = { isReady: true, reason: null };

/** How long a check may take, milliseconds: load balancers wait for a few seconds. */
const CHECK_DEADLINE_MS = 2000;
/** How long a result is given again, milliseconds, however many load balancers probe. */
const RESULT_MS = 1000;

/** What readiness is checked with. */
export interface ReadinessDependencies {
  database: Pick<Database, 'reader'>;
  logger: Logger;
  deadlineMs?: number;
}

/** Checks whether a process is ready. Concurrent checks are one, which uses one connection. */
export class ReadinessCheck {
  readonly #deps: ReadinessDependencies;
  #running: Promise<Readiness> | null = null;
  #last: { readiness: Readiness; atMs: number } | null = null;
  #isMigrated = false;
  #isStopped = false;

  constructor(deps: ReadinessDependencies) {
    this.#deps = deps;
  }

  /** From now on the process is not ready, so that no load balancer sends it more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Checks, or gives the result of the last second. Never rejects; a database that is silent takes two seconds. */
  async check(): Promise<Readiness> {
    if (this.#isStopped) return { isReady: false, reason: 'stopped' };
    const last = this.#last;
    if (last !== null && performance.now() - last.atMs < RESULT_MS) return last.readiness;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<Readiness> {
    const { deadlineMs = CHECK_DEADLINE_MS } = this.#deps;
    const deadline = new Deadline(deadlineMs, () => new Error('The database did not respond'));
    let readiness: Readiness;
    try {
      readiness = await deadline.limit(runForRequest(deadline.signal, () => this.#ask()));
    } catch (error) {
      readiness = { isReady: false, reason: 'database' };
      // Once, however long it lasts: probes come every few seconds.
      if (this.#last?.readiness.reason !== 'database') {
        this.#deps.logger.warn('Usage Kit is not ready', { error: describeForLog(error, []) });
      }
    } finally {
      deadline.clear();
    }
    this.#last = { readiness, atMs: performance.now() };
    return readiness;
  }

  /** @throws StatementError when the database fails */
  async #ask(): Promise<Readiness> {
    const { reader } = this.#deps.database;
    if (this.#isMigrated) {
      await reader.raw('select 1');
      return READY;
    }
    const run = await listRunMigrations(reader);
    // A later version may have migrated since this one started: it goes on until it is replaced.
    this.#isMigrated = MIGRATION_NAMES.every((name) => run.includes(name));
    return this.#isMigrated ? READY : { isReady: false, reason: 'tables' };
  }
}
