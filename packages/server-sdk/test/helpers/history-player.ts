import knex, { type Knex } from 'knex';
import type { Usage } from '../../src/index.js';
import { toCreditColumns } from './insert-calls.js';
import { openTestUsage, serveInKoa, type TestServer } from './create-test-usage.js';
import { checkFigures } from './check-figures.js';
import type { History, PlainChange, RangeCheck, Step, TimedCall } from './random-histories.js';
import { ReferenceModel, referenceTotals, type ReferenceCall } from './reference-model.js';
import type { DatabaseServer, TestDatabase } from './test-databases.js';

interface Instance {
  usage: Usage;
  server: TestServer;
}

/** An answer that a browser holds, and what it said. */
interface Held {
  path: string;
  user: string;
  etag: string;
  fromMs: number;
  toMs: number;
  said: string;
}

const MAX_HELD = 6;
const BUSY_TIMEOUT_MS = 10_000;

/** Two usages and another program on one database, and the reference model of what they wrote. */
export class HistoryPlayer {
  readonly reference = new ReferenceModel();
  readonly #clock = { nowMs: 0, now: (): number => this.#clock.nowMs };
  readonly #history: History;
  readonly #database: TestDatabase;
  readonly #other: Knex;
  #instances: Instance[] = [];
  #held: Held[] = [];
  #inserted = 0;

  private constructor(history: History, database: TestDatabase) {
    this.#history = history;
    this.#database = database;
    this.#clock.nowMs = history.startMs;
    this.#other = openPlain(database.config);
  }

  static async open(server: DatabaseServer, history: History): Promise<HistoryPlayer> {
    const player = new HistoryPlayer(history, await server.create());
    player.#instances = [await player.#openInstance(), await player.#openInstance()];
    return player;
  }

  /** Plays the history to its end. @returns what `verify` found then */
  async play(): Promise<Awaited<ReturnType<Usage['rollup']['verify']>>> {
    const { startMs, spanMs, steps } = this.#history;
    for (const step of steps) await this.#play(step);
    const { usage } = this.#instance(0);
    return usage.rollup.verify({ from: startMs, to: startMs + 2 * spanMs });
  }

  /** The endpoints of one of the usages, for further requests. */
  get server(): TestServer {
    return this.#instance(0).server;
  }

  async close(): Promise<void> {
    for (const instance of this.#instances) await closeInstance(instance);
    await this.#other.destroy();
    await this.#database.drop();
  }

  async #openInstance(): Promise<Instance> {
    const usage = openTestUsage({
      ...{ database: this.#database.config, clock: this.#clock },
      // The reference model ends no calls by itself.
      recorder: { abandonAfterMinutes: false },
    });
    await usage.migrate();
    return { usage, server: await serveInKoa(usage) };
  }

  #instance(index: number): Instance {
    const instance = this.#instances[index];
    if (!instance) throw new RangeError(`There is no instance ${index}`);
    return instance;
  }

  async #play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'record':
        return this.#record(step.instance, this.#at(step.calls));
      case 'ahead':
        return this.#record(step.instance, [
          { ...step.call, startedAt: this.#clock.nowMs + step.aheadMs },
        ]);
      case 'end':
        return this.#end(step);
      case 'plain':
        return this.#change(step.change, new Set());
      case 'together':
        return this.#together(step);
      case 'rollup':
        this.#moveClock(step.atMs);
        await this.#instance(step.instance).usage.rollup.run();
        return;
      case 'restart':
        await closeInstance(this.#instance(step.instance));
        this.#instances[step.instance] = await this.#openInstance();
        return;
      case 'check':
        return this.#check(step.instance, step);
    }
  }

  #at(calls: readonly TimedCall[]): ReferenceCall[] {
    return calls.map(([call, ms]) => ({ ...call, startedAt: this.#history.startMs + ms }));
  }

  #moveClock(offsetMs: number): void {
    this.#clock.nowMs = Math.max(this.#clock.nowMs, this.#history.startMs + offsetMs);
  }

  async #record(instance: number, calls: readonly ReferenceCall[]): Promise<void> {
    await this.#instance(instance).usage.calls.record([...calls]);
    for (const call of calls) this.reference.record(call);
  }

  async #end({ instance, pick, durationMs, credits }: Step & { kind: 'end' }): Promise<void> {
    const open = this.reference.all().filter(({ status }) => status === 'processing');
    const call = open[pick % open.length];
    if (call) await this.#record(instance, [{ ...call, status: 'success', durationMs, credits }]);
  }

  /** The order of two writers of one call is undefined, so each has separate calls. */
  async #together({ calls, change, atMs }: Step & { kind: 'together' }): Promise<void> {
    const taken = new Set<string>();
    const batches = calls.map((batch) => {
      const own = this.#at(batch).filter((call) => !taken.has(keyOf(call)));
      for (const call of own) taken.add(keyOf(call));
      return own;
    });
    this.#moveClock(atMs);
    await Promise.all([
      ...batches.map((batch, instance) => this.#record(instance, batch)),
      ...this.#instances.map(({ usage }) => usage.rollup.run()),
      this.#change(change, taken),
    ]);
  }

  /** Writes with plain SQL. @param taken calls that others are writing */
  async #change(change: PlainChange, taken: ReadonlySet<string>): Promise<void> {
    if (change.how === 'insert') {
      this.#inserted += 1;
      const { id, userDid, appDid, model, status, credits } = change.call;
      const call = {
        ...{ id: `${id}-plain-${this.#inserted}`, userDid, appDid, model, status, credits },
        startedAt: this.#history.startMs + change.offsetMs,
      };
      this.reference.put(call);
      await persist(() => this.#other('model_calls').insert(rowOf(call)));
      return;
    }
    const calls = this.reference.all().filter((call) => !taken.has(keyOf(call)));
    const call = calls[change.pick % calls.length];
    if (!call) return;
    const row = { user_did: call.userDid, id: call.id };
    if (change.how === 'delete') {
      this.reference.delete(call);
      await persist(() => this.#other('model_calls').where(row).delete());
      return;
    }
    const changed = this.#changed(call, change);
    this.reference.put(changed);
    await persist(() => this.#other('model_calls').where(row).update(rowOf(changed)));
  }

  #changed(
    call: ReferenceCall,
    change: Exclude<PlainChange, { how: 'insert' | 'delete' }>,
  ): ReferenceCall {
    if (change.how === 'move') {
      return { ...call, startedAt: this.#history.startMs + change.offsetMs };
    }
    if (change.how === 'status') return { ...call, status: change.status };
    if (change.how === 'credits') return { ...call, credits: change.credits };
    return { ...call, appDid: change.appDid };
  }

  async #check(index: number, check: RangeCheck): Promise<void> {
    const { server } = this.#instance(index);
    await this.#askAgain(server);
    const fromMs = this.#history.startMs + check.fromMs;
    // A range may not begin in the future.
    this.#clock.nowMs = Math.max(this.#clock.nowMs, fromMs);
    await checkFigures(server, this.reference, { ...check, fromMs });
    await this.#hold(server, fromMs, fromMs + check.lengthMs);
  }

  async #hold(server: TestServer, fromMs: number, toMs: number): Promise<void> {
    const user = 'alice';
    const path = `/overview?from=${fromMs}&to=${toMs}`;
    const { headers } = await server.get(path, { user });
    const etag = headers.get('etag') ?? '';
    this.#held = [
      { path, user, etag, fromMs, toMs, said: this.#say(user, fromMs, toMs) },
      ...this.#held,
    ].slice(0, MAX_HELD);
  }

  /** "Not modified" must be true, whichever instance says it. */
  async #askAgain(server: TestServer): Promise<void> {
    for (const { path, user, etag, fromMs, toMs, said } of this.#held) {
      const { status } = await server.get(path, { user, headers: { 'if-none-match': etag } });
      if (status === 304 && said !== this.#say(user, fromMs, toMs)) {
        throw new Error(`${path}: not modified, but it said ${said}`);
      }
    }
  }

  #say(user: string, fromMs: number, toMs: number): string {
    return JSON.stringify(referenceTotals(this.reference.select(user, fromMs, toMs)));
  }
}

const keyOf = ({ userDid, id }: ReferenceCall): string => JSON.stringify([userDid, id]);

async function closeInstance({ usage, server }: Instance): Promise<void> {
  await server.close();
  await usage.stop();
}

/** What the other program knows of a call. */
function rowOf({ userDid, id, appDid, model, status, credits, startedAt }: ReferenceCall): object {
  return {
    ...{ user_did: userDid, id, app_did: appDid, model, status, started_at_ms: startedAt },
    ...toCreditColumns(credits),
  };
}

function openPlain(config: Knex.Config): Knex {
  if (!String(config.client).includes('sqlite')) return knex(config);
  return knex({
    ...config,
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (
        connection: { run(sql: string, done: (error: Error | null) => void): void },
        done: (error: Error | null, connection: unknown) => void,
      ) => {
        connection.run(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`, (error) => {
          done(error, connection);
        });
      },
    },
  });
}

/** A program that is chosen to give way in a deadlock tries again; so must every program on these databases. */
async function persist(write: () => PromiseLike<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write();
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      const gaveWay = /^(40P01|40001|ER_LOCK_DEADLOCK|ER_CHECKREAD|SQLITE_BUSY)$/.test(code ?? '');
      if (!gaveWay || attempt === 10) throw error;
    }
  }
}
