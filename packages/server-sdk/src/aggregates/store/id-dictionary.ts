import { TABLES } from '../../db/tables.js';
import { modelKeyFromText } from '../../values/model-key.js';
import type { CallRow } from './call-rows.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { toRows } from '../../db/executor.js';

const NAMES_PER_STATEMENT = 400;

/**
 * Short ids of one user's projects and models, as the rollup needs them. Only the rollup gives new ones, and a rollup that
 * was overtaken by another cannot write, so no id is given twice.
 */
export class NameIds {
  readonly projects: IdDictionary;
  readonly models: IdDictionary;

  /** @param userDid whose projects and models */
  constructor(readonly userDid: string) {
    this.projects = new IdDictionary(userDid, PROJECTS);
    this.models = new IdDictionary(userDid, MODELS);
  }

  /** Finds or gives the ids of the names of calls. */
  async resolve(transaction: Transaction, calls: readonly CallRow[]): Promise<void> {
    await this.projects.resolve(transaction, new Set(calls.map(({ appDid }) => appDid)));
    await this.models.resolve(transaction, new Set(calls.map(({ modelKey }) => modelKey)));
  }

  /** Stores ids that were given and are not confirmed. @returns what to call when the transaction is committed */
  async writeNew(transaction: Transaction): Promise<() => void> {
    const confirmProjects = await this.projects.writeNew(transaction);
    const confirmModels = await this.models.writeNew(transaction);
    return () => {
      confirmProjects();
      confirmModels();
    };
  }
}

/** A table of names of a user and their ids. */
interface NameTable {
  table: string;
  id: string;
  /** Columns of a name, and a name in them. */
  columns: readonly string[];
  toValues: (name: string) => readonly string[];
  toName: (values: readonly string[]) => string;
}

const PROJECTS: NameTable = {
  table: TABLES.projects,
  id: 'app_id',
  columns: ['app_did'],
  toValues: (name) => [name],
  toName: ([name = '']) => name,
};

const MODELS: NameTable = {
  table: TABLES.models,
  id: 'model_id',
  columns: ['provider', 'model', 'type'],
  toValues: (key) => {
    const { provider, model, type } = modelKeyFromText(key);
    return [provider, model, type];
  },
  toName: (values) => JSON.stringify(values),
};

/** Ids of names of one kind. */
class IdDictionary {
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, string>();
  readonly #new = new Map<string, number>();
  #lastId: number | null = null;

  constructor(
    readonly userDid: string,
    readonly names: NameTable,
  ) {}

  /** The id of a name that was resolved. @throws Error for another */
  getId(name: string): number {
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`There is no id of ${JSON.stringify(name)}`);
    return id;
  }

  /** Finds ids of names; those without one get the next. */
  async resolve(transaction: Transaction, names: ReadonlySet<string>): Promise<void> {
    const unknown = [...names].filter((name) => !this.#ids.has(name));
    if (unknown.length === 0) return;
    for (const batch of splitIntoChunks(NAMES_PER_STATEMENT, unknown))
      await this.#find(transaction, batch);
    for (const name of unknown) {
      if (this.#ids.has(name)) continue;
      this.#lastId ??= await this.#readLastId(transaction);
      this.#lastId += 1;
      this.#add(name, this.#lastId);
      this.#new.set(name, this.#lastId);
    }
  }

  /** Names of ids that have one. */
  async findNames(
    { trx }: Transaction,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, string>> {
    const { table, id, columns, toName } = this.names;
    const unknown = ids.filter((each) => !this.#names.has(each));
    for (const batch of splitIntoChunks(NAMES_PER_STATEMENT, unknown)) {
      const rows = await trx<Record<string, string | number>>(table)
        .select(id, ...columns)
        .where('user_did', this.userDid)
        .whereIn(id, batch);
      for (const row of rows) {
        this.#add(toName(columns.map((column) => String(row[column]))), Number(row[id]));
      }
    }
    return this.#names;
  }

  async writeNew({ trx }: Transaction): Promise<() => void> {
    const { table, id, columns, toValues } = this.names;
    const written = [...this.#new];
    for (const batch of splitIntoChunks(NAMES_PER_STATEMENT, written)) {
      const rows = batch.map(() => `(${['?', '?', ...columns.map(() => '?')].join(', ')})`);
      await trx.raw(
        `insert into ${table} (user_did, ${id}, ${columns.join(', ')}) values ${rows.join(', ')}`,
        batch.flatMap(([name, nameId]) => [this.userDid, nameId, ...toValues(name)]),
      );
    }
    // Others may have been given meanwhile: calls are summed while rows are written.
    return () => {
      for (const [name] of written) this.#new.delete(name);
    };
  }

  async #find({ trx }: Transaction, batch: readonly string[]): Promise<void> {
    const { table, id, columns, toValues, toName } = this.names;
    const tuples = batch.map(() => `(${columns.map((column) => `${column} = ?`).join(' and ')})`);
    const rows = toRows<Record<string, string | number>>(
      await trx.raw(
        `select ${id}, ${columns.join(', ')} from ${table}
         where user_did = ? and (${tuples.join(' or ')})`,
        [this.userDid, ...batch.flatMap(toValues)],
      ),
    );
    for (const row of rows) {
      this.#add(toName(columns.map((column) => String(row[column]))), Number(row[id]));
    }
  }

  async #readLastId({ trx }: Transaction): Promise<number> {
    const { table, id } = this.names;
    const row = await trx(table)
      .where('user_did', this.userDid)
      .max<{ last: number | null }[]>({ last: id })
      .first();
    return Number(row?.last ?? 0);
  }

  #add(name: string, id: number): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }
}
