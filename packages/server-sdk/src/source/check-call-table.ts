import type { Knex } from 'knex';
import { CALL_STATUSES } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { getMappingDialect } from '../db/dialects/mapping-dialect.js';
import type { CallColumns, CallTable } from './call-table.js';
import { quoteTable } from './mapped-calls.js';
import { statusWords } from './mapped-rows.js';
import { toRows } from '../db/executor.js';

/** Rows whose status is looked at: the newest, where an index finds them. */
const STATUS_ROWS = 5000;
/** Rows of a SQLite table, where a column has no type of its own, that are looked at for one. */
const TYPE_ROWS = 1000;
const MAX_WORDS_SHOWN = 10;
const MAX_WORD_LENGTH = 40;

/** What a column holds, as far as a mapping cares. */
type Kind = 'text' | 'number' | 'time';

/** Types by what they hold. PostgreSQL's `citext` and `character` are no text: they hold `alice` and `ALICE`, or `a` and `a `, equal. */
const KIND_OF_TYPE: Readonly<Record<Database['dialect']['name'], Readonly<Record<Kind, RegExp>>>> =
  {
    sqlite: { text: /^text$/, number: /^(integer|real|text)$/, time: /^text$/ },
    postgres: {
      text: /^(text|character varying)$/,
      number: /^(smallint|integer|bigint|numeric|real|double precision)$/,
      time: /^timestamp with(out)? time zone$/,
    },
    mysql: {
      text: /^(char|varchar|enum|(tiny|medium|long)?text)$/,
      number: /^((tiny|small|medium|big)?int|decimal|float|double)$/,
      time: /^(datetime|timestamp)$/,
    },
  };
const SHOULD_HOLD: Readonly<Record<Kind, string>> = {
  text: 'text, compared to the letter',
  number: 'numbers',
  time: 'timestamps; see timeUnit and updatedAtUnit',
};

/** What databases say when a name is not there, or not to be read. */
const NO_SUCH_NAME =
  /^(42P01|42703|3F000|42501|ER_NO_SUCH_TABLE|ER_BAD_FIELD_ERROR|ER_BAD_DB_ERROR|ER_(TABLE|COLUMN|DB)ACCESS_DENIED_ERROR)$/;

/**
 * Checks that a table of the host's is as the mapping says: the table and its columns are there, their types can be read
 * as what they stand for, and every status has a meaning. Reads a bounded number of rows.
 *
 * @throws TypeError that names what is at fault, and nothing of the rows but words of the status
 */
export async function checkCallTable(database: Database, mapping: CallTable): Promise<void> {
  const check = new TableCheck(database, mapping);
  await check.requireNames();
  await check.requireTypes();
  await check.requireStatuses();
}

class TableCheck {
  readonly #knex: Knex;
  readonly #dialect: Database['dialect']['name'];
  readonly #table: string;
  readonly #quote: (name: string) => string;
  readonly #text: (column: string) => string;

  constructor(
    { writer, dialect }: Database,
    readonly mapping: CallTable,
  ) {
    const sql = getMappingDialect(dialect);
    this.#knex = writer;
    this.#dialect = dialect.name;
    this.#table = quoteTable(mapping, sql);
    this.#quote = sql.quote;
    this.#text = sql.text;
  }

  async requireNames(): Promise<void> {
    const { table, schema } = this.mapping;
    if (!(await this.#isReadable('1'))) {
      const name = schema === undefined ? table : `${schema}.${table}`;
      throw new TypeError(
        `calls.table: there is no table ${JSON.stringify(name)} that this database user may read`,
      );
    }
    const columns = listColumns(this.mapping);
    if (await this.#isReadable(columns.map(({ name }) => this.#column(name)).join(', '))) return;
    const missing: string[] = [];
    for (const { field, name } of columns) {
      if (await this.#isReadable(this.#column(name))) continue;
      missing.push(`calls.columns.${field}: there is no column ${JSON.stringify(name)}`);
    }
    if (missing.length > 0) throw new TypeError(missing.join('; '));
  }

  async requireTypes(): Promise<void> {
    const kinds = listKinds(this.mapping);
    const columns = listColumns(this.mapping).filter(({ field }) => kinds.has(field));
    const types = await this.#readTypes(columns.map(({ name }) => name));
    const faults = columns.flatMap(({ field, name }, index) => {
      const type = types[index] ?? null;
      const kind = kinds.get(field) ?? 'text';
      if (type === null || KIND_OF_TYPE[this.#dialect][kind].test(type)) return [];
      return [
        `calls.columns.${field}: the column ${JSON.stringify(name)} is of the type ${type} and must hold ${SHOULD_HOLD[kind]}; a view or a generated column can cast it`,
      ];
    });
    if (faults.length > 0) throw new TypeError(faults.join('; '));
  }

  async requireStatuses(): Promise<void> {
    const { columns, indexedByTime = true } = this.mapping;
    const order = indexedByTime ? ` order by ${this.#column(columns.startedAt)} desc` : '';
    const rows = await this.#rows<{ word: string | null }>(
      `select ${this.#text(this.#column(columns.status))} as word from ${this.#table} as usage_kit_table${order} limit ${STATUS_ROWS}`,
    );
    const known = new Set(CALL_STATUSES.flatMap((status) => statusWords(this.mapping, status)));
    const unknown = [...new Set(rows.map(({ word }) => word ?? ''))]
      .filter((word) => word !== '' && !known.has(word))
      .sort();
    if (unknown.length === 0) return;
    const shown = unknown
      .slice(0, MAX_WORDS_SHOWN)
      .map((word) => JSON.stringify(word.slice(0, MAX_WORD_LENGTH)));
    const more =
      unknown.length > MAX_WORDS_SHOWN ? ` and ${unknown.length - MAX_WORDS_SHOWN} more` : '';
    throw new TypeError(
      `calls.statusValues: the column ${JSON.stringify(columns.status)} holds ${shown.join(', ')}${more}, which is none of ${[...known].join(', ')}; say what each means, e.g. statusValues: { success: ['ok'], failed: ['error'] }`,
    );
  }

  /** Types of columns; `null` where there is nothing to tell one from. */
  async #readTypes(names: readonly string[]): Promise<(string | null)[]> {
    if (this.#dialect === 'mysql') {
      const rows = await this.#rows<{ name: string; type: string }>(
        `select column_name as name, data_type as type from information_schema.columns
         where table_schema = coalesce(?, database()) and table_name = ?`,
        [this.mapping.schema ?? null, this.mapping.table],
      );
      const types = new Map(rows.map(({ name, type }) => [name.toLowerCase(), String(type)]));
      return names.map((name) => types.get(name.toLowerCase()) ?? null);
    }
    const types = names.map((name) => {
      const column = this.#column(name);
      if (this.#dialect === 'postgres') {
        return `pg_typeof((select ${column} from ${this.#table} as usage_kit_table limit 1))::text`;
      }
      return `(select typeof(held) from (select ${column} as held from ${this.#table} as usage_kit_table limit ${TYPE_ROWS}) where held is not null limit 1)`;
    });
    const [row] = await this.#rows<Record<string, string | null>>(
      `select ${types.map((type, index) => `${type} as type_${index}`).join(', ')}`,
    );
    return names.map((_name, index) => row?.[`type_${index}`] ?? null);
  }

  /** Qualified: SQLite takes another name in quotes that it does not know for a text. */
  #column(name: string): string {
    return `usage_kit_table.${this.#quote(name)}`;
  }

  async #isReadable(expressions: string): Promise<boolean> {
    try {
      await this.#rows(`select ${expressions} from ${this.#table} as usage_kit_table limit 1`);
      return true;
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string };
      const isName = NO_SUCH_NAME.test(code) || /no such (table|column)/.test(message);
      if (isName) return false;
      throw error;
    }
  }

  async #rows<T>(sql: string, bindings: readonly (string | null)[] = []): Promise<T[]> {
    return toRows<T>(await this.#knex.raw(sql, bindings as readonly Knex.RawBinding[]));
  }
}

function listColumns({ columns }: CallTable): { field: keyof CallColumns; name: string }[] {
  return Object.entries(columns).flatMap(([field, column]) => {
    if (column === undefined) return [];
    const name = typeof column === 'string' ? column : (column as { column: string }).column;
    return [{ field: field as keyof CallColumns, name }];
  });
}

/** What columns must hold; of the others any value is read as text. */
function listKinds({
  columns,
  timeUnit,
  updatedAtUnit = 'timestamp',
}: CallTable): Map<keyof CallColumns, Kind> {
  const numbers = [
    'duration',
    'ttfb',
    'inputTokens',
    'outputTokens',
    'totalTokens',
    'usage',
    'credits',
  ] as const;
  return new Map<keyof CallColumns, Kind>([
    ['userDid', 'text'],
    ['appDid', 'text'],
    ['startedAt', timeUnit === 'timestamp' ? 'time' : 'number'],
    ['updatedAt', updatedAtUnit === 'timestamp' ? 'time' : 'number'],
    ...numbers
      .filter((field) => typeof columns[field] === 'string')
      .map((field) => [field, 'number'] as const),
  ]);
}
