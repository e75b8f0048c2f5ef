import { CALL_STATUSES } from '../contract/common.js';
import type { Database } from '../db/database.js';
import type { CallColumns, CallTable } from './call-table.js';
import { quoteTable } from './mapped-calls.js';
import { listStatusWords } from './mapped-rows.js';
import { queryRow, queryRows } from '../db/executor.js';
import { joinSql, sql, verbatim, type Sql } from '../db/sql.js';
import { withoutTransaction, type Transaction } from '../db/transaction.js';

/** Rows whose status is checked: the newest, where an index finds them. */
const STATUS_ROWS = 5000;
/** Rows of a SQLite table that are searched for a value: its type is the column's, which has no fixed one. */
const TYPE_ROWS = 1000;
const MAX_WORDS_SHOWN = 10;
const MAX_WORD_LENGTH = 40;

/** Kinds of values that a mapping distinguishes. */
type Kind = 'text' | 'number' | 'time';

/**
 * Column types of each kind. PostgreSQL's `citext` and `character` are not among those of text: they compare `alice` and
 * `ALICE`, or `a` and `a `, as equal.
 */
const TYPES_BY_KIND: Readonly<Record<Database['dialect']['name'], Readonly<Record<Kind, RegExp>>>> =
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
const KIND_DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  text: 'text, compared case-sensitively',
  number: 'numbers',
  time: 'timestamps; see timeUnit and updatedAtUnit',
};

/** Error codes for a table or column that does not exist or may not be read. */
const NO_SUCH_NAME =
  /^(42P01|42703|3F000|42501|ER_NO_SUCH_TABLE|ER_BAD_FIELD_ERROR|ER_BAD_DB_ERROR|ER_(TABLE|COLUMN|DB)ACCESS_DENIED_ERROR)$/;

/**
 * Checks that a host's table fits the mapping: the table and its columns exist, their types are of the right kind, and every
 * status is mapped. Reads a bounded number of rows.
 *
 * @throws TypeError that names the part of the mapping at fault; of the rows it contains only words of the status
 * @throws StatementError when the database fails
 */
export async function checkCallTable(database: Database, mapping: CallTable): Promise<void> {
  const check = new TableCheck(database, mapping);
  await check.requireNames();
  await check.requireTypes();
  await check.requireStatuses();
}

class TableCheck {
  readonly #connection: Transaction;
  readonly #dialect: Database['dialect'];
  /** The table with an alias, to select from. */
  readonly #table: Sql;

  constructor(
    database: Database,
    readonly mapping: CallTable,
  ) {
    this.#connection = withoutTransaction({ ...database, reader: database.writer });
    this.#dialect = database.dialect;
    this.#table = verbatim(`${quoteTable(mapping, this.#dialect.mapping)} as usage_kit_table`);
  }

  async requireNames(): Promise<void> {
    const { table, schema } = this.mapping;
    if (!(await this.#isReadable([verbatim('1')]))) {
      const name = schema === undefined ? table : `${schema}.${table}`;
      throw new TypeError(
        `calls.table: there is no table ${JSON.stringify(name)} that this database user may read`,
      );
    }
    const columns = listColumns(this.mapping);
    if (await this.#isReadable(columns.map(({ name }) => this.#qualify(name)))) return;
    const missing: string[] = [];
    for (const { field, name } of columns) {
      if (await this.#isReadable([this.#qualify(name)])) continue;
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
      if (type === null || TYPES_BY_KIND[this.#dialect.name][kind].test(type)) return [];
      return [
        `calls.columns.${field}: the column ${JSON.stringify(name)} is of the type ${type} and must hold ${KIND_DESCRIPTIONS[kind]}; a view or a generated column can cast it`,
      ];
    });
    if (faults.length > 0) throw new TypeError(faults.join('; '));
  }

  async requireStatuses(): Promise<void> {
    const { columns, indexedByTime = true } = this.mapping;
    const status = verbatim(this.#dialect.mapping.text(this.#qualify(columns.status).sql));
    const order = indexedByTime
      ? sql`order by ${this.#qualify(columns.startedAt)} desc`
      : verbatim('');
    const rows = await queryRows<{ word: string | null }>(
      this.#connection,
      sql`select ${status} as word from ${this.#table} ${order} limit ${STATUS_ROWS}`,
    );
    const known = new Set(CALL_STATUSES.flatMap((status) => listStatusWords(this.mapping, status)));
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

  /** Reads types of columns; `null` where the table has no value to read one from. */
  async #readTypes(names: readonly string[]): Promise<(string | null)[]> {
    if (this.#dialect.name === 'mysql') {
      const { schema = null, table } = this.mapping;
      const rows = await queryRows<{ name: string; type: string }>(
        this.#connection,
        sql`select column_name as name, data_type as type from information_schema.columns
            where table_schema = coalesce(${schema}, database()) and table_name = ${table}`,
      );
      const types = new Map(rows.map(({ name, type }) => [name.toLowerCase(), String(type)]));
      return names.map((name) => types.get(name.toLowerCase()) ?? null);
    }
    const types = names.map((name, index) => {
      const column = this.#qualify(name);
      const type =
        this.#dialect.name === 'postgres'
          ? sql`pg_typeof((select ${column} from ${this.#table} limit 1))::text`
          : sql`(select typeof(value) from (select ${column} as value from ${this.#table} limit ${TYPE_ROWS})
                 where value is not null limit 1)`;
      return sql`${type} as ${verbatim(`type_${index}`)}`;
    });
    const row = await queryRow<Record<string, string | null>>(
      this.#connection,
      sql`select ${joinSql(types)}`,
    );
    return names.map((_name, index) => row?.[`type_${index}`] ?? null);
  }

  /** A column with the alias of the table: SQLite reads an unknown name in quotes as text where it has no alias. */
  #qualify(name: string): Sql {
    return verbatim(`usage_kit_table.${this.#dialect.mapping.quote(name)}`);
  }

  async #isReadable(expressions: readonly Sql[]): Promise<boolean> {
    try {
      await queryRows(
        this.#connection,
        sql`select ${joinSql(expressions)} from ${this.#table} limit 1`,
      );
      return true;
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string };
      const isName = NO_SUCH_NAME.test(code) || /no such (table|column)/.test(message);
      if (isName) return false;
      throw error;
    }
  }
}

function listColumns({ columns }: CallTable): { field: keyof CallColumns; name: string }[] {
  return Object.entries(columns).flatMap(([field, column]) => {
    if (column === undefined) return [];
    const name = typeof column === 'string' ? column : (column as { column: string }).column;
    return [{ field: field as keyof CallColumns, name }];
  });
}

/** Lists the kinds that columns must have; a value of another column is read as text. */
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
