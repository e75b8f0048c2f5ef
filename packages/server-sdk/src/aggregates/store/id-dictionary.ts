import { modelKeyFromText } from '../../values/model-key.js';
import type { CallRow } from './call-rows.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { execute, queryRow, queryRows } from '../../db/executor.js';
import { joinSql, listValues, sql, verbatim, type Sql } from '../../db/sql.js';

const NAMES_PER_STATEMENT = 400;

/**
 * Short ids of one user's projects and models. Only the rollup adds new ones, and a rollup that another has overtaken cannot
 * write, so no id is used twice.
 */
export class NameIds {
  readonly projects: IdDictionary;
  readonly models: IdDictionary;

  /** @param userDid whose projects and models */
  constructor(readonly userDid: string) {
    this.projects = new IdDictionary(userDid, PROJECTS);
    this.models = new IdDictionary(userDid, MODELS);
  }

  /** Finds the ids of the projects and models of calls, or adds new ones. */
  async resolve(transaction: Transaction, calls: readonly CallRow[]): Promise<void> {
    await this.projects.resolve(transaction, new Set(calls.map(({ appDid }) => appDid)));
    await this.models.resolve(transaction, new Set(calls.map(({ modelKey }) => modelKey)));
  }

  /** Stores the new ids. @returns a function to call when the transaction is committed */
  async writeNew(transaction: Transaction): Promise<() => void> {
    const confirmProjects = await this.projects.writeNew(transaction);
    const confirmModels = await this.models.writeNew(transaction);
    return () => {
      confirmProjects();
      confirmModels();
    };
  }
}

/** A table of names and their ids. */
interface NameTable {
  table: string;
  id: string;
  /** Columns of a name, and how a name is written to and read from them. */
  columns: readonly string[];
  toValues: (name: string) => readonly string[];
  toName: (values: readonly string[]) => string;
}

const PROJECTS: NameTable = {
  table: 'model_call_projects',
  id: 'app_id',
  columns: ['app_did'],
  toValues: (name) => [name],
  toName: ([name = '']) => name,
};

const MODELS: NameTable = {
  table: 'model_call_models',
  id: 'model_id',
  columns: ['provider', 'model', 'type'],
  toValues: (key) => {
    const { provider, model, type } = modelKeyFromText(key);
    return [provider, model, type];
  },
  toName: (values) => JSON.stringify(values),
};

/** Ids of the names of one table. */
class IdDictionary {
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, string>();
  readonly #new = new Map<string, number>();
  #lastId: number | null = null;

  constructor(
    readonly userDid: string,
    readonly names: NameTable,
  ) {}

  /** The id of a resolved name. @throws Error for another name */
  getId(name: string): number {
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`There is no id of ${JSON.stringify(name)}`);
    return id;
  }

  /** Finds the ids of names; a name without one gets the next id. */
  async resolve(transaction: Transaction, names: ReadonlySet<string>): Promise<void> {
    const unknown = [...names].filter((name) => !this.#ids.has(name));
    if (unknown.length === 0) return;
    const conditions = unknown.map((name) => this.#isName(name));
    for (const batch of splitIntoChunks(NAMES_PER_STATEMENT, conditions)) {
      await this.#find(transaction, sql`(${joinSql(batch, ' or ')})`);
    }
    for (const name of unknown) {
      if (this.#ids.has(name)) continue;
      this.#lastId ??= await this.#readLastId(transaction);
      this.#lastId += 1;
      this.#add(name, this.#lastId);
      this.#new.set(name, this.#lastId);
    }
  }

  /** Names by id, among them those of the given ids that have one. */
  async findNames(
    transaction: Transaction,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, string>> {
    const unknown = ids.filter((id) => !this.#names.has(id));
    for (const batch of splitIntoChunks(NAMES_PER_STATEMENT, unknown)) {
      await this.#find(transaction, sql`${verbatim(this.names.id)} in (${listValues(batch)})`);
    }
    return this.#names;
  }

  /** Stores the new ids. @returns a function to call when the transaction is committed */
  async writeNew(transaction: Transaction): Promise<() => void> {
    const { table, id, columns, toValues } = this.names;
    const insert = verbatim(`insert into ${table} (user_did, ${id}, ${columns.join(', ')})`);
    const written = [...this.#new];
    for (const batch of splitIntoChunks(NAMES_PER_STATEMENT, written)) {
      const rows = batch.map(
        ([name, nameId]) => sql`(${listValues([this.userDid, nameId, ...toValues(name)])})`,
      );
      await execute(transaction, sql`${insert} values ${joinSql(rows)}`);
    }
    // Others may have been added meanwhile: calls are summed while aggregates are written.
    return () => {
      for (const [name] of written) this.#new.delete(name);
    };
  }

  #isName(name: string): Sql {
    const values = this.names.toValues(name);
    const conditions = this.names.columns.map(
      (column, index) => sql`${verbatim(column)} = ${values[index] ?? null}`,
    );
    return sql`(${joinSql(conditions, ' and ')})`;
  }

  async #find(transaction: Transaction, condition: Sql): Promise<void> {
    const { table, id, columns, toName } = this.names;
    const select = verbatim(`select ${id}, ${columns.join(', ')} from ${table}`);
    const rows = await queryRows<Record<string, string | number>>(
      transaction,
      sql`${select} where user_did = ${this.userDid} and ${condition}`,
    );
    for (const row of rows) {
      this.#add(toName(columns.map((column) => String(row[column]))), Number(row[id]));
    }
  }

  async #readLastId(transaction: Transaction): Promise<number> {
    const { table, id } = this.names;
    const row = await queryRow<{ last: number | null }>(
      transaction,
      sql`select ${verbatim(`max(${id}) as last from ${table}`)} where user_did = ${this.userDid}`,
    );
    return Number(row?.last ?? 0);
  }

  #add(name: string, id: number): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }
}
