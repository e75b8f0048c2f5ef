import { CALL_TYPES, UNASSIGNED_APP_DID } from '../contract/common.js';
import type { CallSource, CallSourceFactory, Sql } from '../db/call-source.js';
import { mappingDialectOf, type MappingDialect } from '../db/mapping-dialect.js';
import { TOKEN_METERED } from '../domain/call-figures.js';
import { MINUTE_MS } from '../domain/time.js';
import type { CallTable, NumberColumn } from '../ports/call-table.js';

/** Microseconds of the units of durations. */
const DURATION_US = { us: 1, ms: 1000, s: 1_000_000 } as const;
export const DEFAULT_OVERLAP_MS = 2 * MINUTE_MS;

/** A table of the host's own as a source of calls; the mapping is one that was checked. */
export function mappedCalls(mapping: CallTable): CallSourceFactory {
  return (dialect) => {
    const sql = mappingDialectOf(dialect);
    const table = [mapping.schema, mapping.table]
      .filter((name) => name !== undefined)
      .map((name) => sql.quote(name))
      .join('.');
    const userDid = sql.quote(mapping.columns.userDid);
    const rows = new MappedRows(mapping, sql);
    return {
      name: [mapping.schema, mapping.table].filter((name) => name !== undefined).join('.'),
      isOwn: false,
      table,
      fields: rows.fields((expression) => dialect.integerAsText(expression)),
      page: rows.page(),
      ofUser: (value) => equal(sql, userDid, value),
      ofProject: (appDid) => rows.ofProject(appDid),
      time: rows.time(),
      everyone: everyoneOf(mapping, sql, table, userDid),
      changes: changesOf(mapping, sql),
    };
  };
}

/** Expressions over a row of the host's table. */
class MappedRows {
  readonly #columns: CallTable['columns'];

  constructor(
    readonly mapping: CallTable,
    readonly sql: MappingDialect,
  ) {
    this.#columns = mapping.columns;
  }

  fields(integerAsText: (expression: string) => string): CallSource['fields'] {
    return {
      userDid: this.sql.quote(this.#columns.userDid),
      appDid: this.#appDid(),
      provider: this.#text('provider', `''`),
      model: this.#text('model', `''`),
      type: this.#type(),
      status: this.#status(),
      startedAtMs: this.time().toMs(this.sql.quote(this.#columns.startedAt)),
      durationUs: this.#micros('duration', this.mapping.durationUnit),
      inputTokens: this.#tokens(this.#number(this.#columns.inputTokens)),
      outputTokens: this.#tokens(this.#number(this.#columns.outputTokens)),
      totalTokens: this.#tokens(this.#totalTokens()),
      creditsE8: this.#columns.credits === undefined ? 'null' : integerAsText(this.#credits()),
    };
  }

  page(): CallSource['page'] {
    const fields = this.fields((expression) => expression);
    return {
      id: this.sql.quote(this.#columns.id),
      trace_id: this.#text('traceId'),
      app_did: fields.appDid,
      model: fields.model,
      provider: fields.provider,
      type: fields.type,
      status: fields.status,
      started_at_ms: this.#shownMs(),
      duration_us: fields.durationUs,
      ttfb_us: this.#micros('ttfb', this.mapping.ttfbUnit),
      input_tokens: fields.inputTokens,
      output_tokens: fields.outputTokens,
      total_tokens: fields.totalTokens,
      units: this.#units(),
      credits_e8: fields.creditsE8,
      error_reason: this.#text('errorReason'),
      metadata: this.#text('metadata'),
    };
  }

  time(): CallSource['time'] {
    const { sql } = this;
    const column = sql.quote(this.#columns.startedAt);
    const number = { column, parameter: sql.numberParameter, exact: column };
    switch (this.mapping.timeUnit) {
      case 's':
        return {
          ...number,
          bound: (ms) => Math.ceil(ms / 1000),
          toMs: (expression) => `${sql.floor(expression)} * 1000`,
          valueOf: (ms) => ms / 1000,
        };
      case 'ms':
        return { ...number, bound: (ms) => ms, toMs: sql.floor, valueOf: (ms) => ms };
      case 'timestamp':
        return {
          column,
          parameter: '?',
          bound: sql.timestampOf,
          toMs: (expression) => sql.floor(sql.timestampMs(expression)),
          exact: sql.timestampsAreExact ? column : sql.timestampMs(column),
          valueOf: sql.timestampsAreExact ? sql.timestampOf : (ms) => ms,
        };
    }
  }

  ofProject(appDid: string): Sql[] {
    const { sql } = this;
    const words = this.mapping.unassigned ?? [''];
    if (this.#columns.appDid === undefined) {
      return [{ sql: appDid === UNASSIGNED_APP_DID ? '1 = 1' : '1 = 0', bindings: [] }];
    }
    const column = sql.quote(this.#columns.appDid);
    // A word for "no project" is the name of none.
    if (words.includes(appDid)) return [{ sql: '1 = 0', bindings: [] }];
    const named = (word: string): Sql => {
      const condition = equal(sql, column, word);
      return { ...condition, sql: sql.secondary(condition.sql) };
    };
    if (appDid !== UNASSIGNED_APP_DID) return [named(appDid)];
    const all = [...new Set([...words, UNASSIGNED_APP_DID])];
    return [{ sql: sql.secondary(`${column} is null`), bindings: [] }, ...all.map(named)];
  }

  #appDid(): string {
    if (this.#columns.appDid === undefined) return `'${UNASSIGNED_APP_DID}'`;
    const column = this.sql.quote(this.#columns.appDid);
    const words = (this.mapping.unassigned ?? ['']).map((word) => this.sql.is(column, word));
    const none = [`${column} is null`, ...words].join(' or ');
    return `case when ${none} then '${UNASSIGNED_APP_DID}' else ${column} end`;
  }

  #type(): string {
    if (this.#columns.type === undefined) return `'chatCompletion'`;
    const column = this.#text('type');
    return `case when ${column} in (${listOf(CALL_TYPES)}) then ${column} else 'custom' end`;
  }

  #status(): string {
    const column = this.#text('status');
    return `case when ${column} in ('success', 'failed') then ${column} else 'processing' end`;
  }

  #shownMs(): string {
    const column = this.sql.quote(this.#columns.startedAt);
    if (this.mapping.timeUnit === 'timestamp') return this.sql.timestampMs(column);
    return this.mapping.timeUnit === 's' ? `${column} * 1000.0` : column;
  }

  #credits(): string {
    const { credits } = this.#columns;
    return credits === undefined ? 'null' : this.sql.creditsE8(this.sql.quote(credits));
  }

  #totalTokens(): string {
    const { totalTokens, usage, inputTokens, outputTokens } = this.#columns;
    if (totalTokens !== undefined) return this.#number(totalTokens);
    if (usage !== undefined) return this.#number(usage);
    if (inputTokens === undefined) return this.#number(outputTokens);
    if (outputTokens === undefined) return this.#number(inputTokens);
    const [input, output] = [this.#number(inputTokens), this.#number(outputTokens)];
    return `coalesce(${input} + ${output}, ${input}, ${output})`;
  }

  /** Of types that are metered in tokens alone. */
  #tokens(amount: string): string {
    if (amount === 'null' || this.#columns.type === undefined) return amount;
    return `case when ${this.#type()} in (${listOf([...TOKEN_METERED])}) then ${amount} end`;
  }

  #units(): string {
    const { usage } = this.#columns;
    if (usage === undefined || this.#columns.type === undefined) return 'null';
    return `case when ${this.#type()} not in (${listOf([...TOKEN_METERED])}) then ${this.#number(usage)} end`;
  }

  #number(column: NumberColumn | undefined): string {
    if (column === undefined) return 'null';
    if (typeof column === 'string') return this.sql.quote(column);
    return this.sql.jsonNumber(this.sql.quote(column.column), column.key);
  }

  #micros(field: 'duration' | 'ttfb', unit: keyof typeof DURATION_US = 'ms'): string {
    const column = this.#columns[field];
    if (column === undefined) return 'null';
    // The decimal point keeps PostgreSQL from multiplying as 32-bit integers.
    return this.sql.round(`${this.sql.quote(column)} * ${DURATION_US[unit]}.0`);
  }

  #text(
    field: 'provider' | 'model' | 'type' | 'status' | 'traceId' | 'errorReason' | 'metadata',
    otherwise?: string,
  ): string {
    const column = this.#columns[field];
    if (column === undefined) return otherwise ?? 'null';
    const text = this.sql.text(this.sql.quote(column));
    return otherwise === undefined ? text : `coalesce(${text}, ${otherwise})`;
  }
}

function equal(sql: MappingDialect, column: string, value: string): Sql {
  const condition = sql.equals(column);
  return {
    sql: condition.sql,
    bindings: Array.from({ length: condition.placeholders }, () => value),
  };
}

function listOf(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}

/**
 * Without an index by time alone, a range of everyone's calls would be a read of the whole table. Walking from user to
 * user costs a look-up for each, in the index that serves their own questions.
 */
function everyoneOf(
  { columns, indexedByTime = true, timeUnit }: CallTable,
  sql: MappingDialect,
  table: string,
  userDid: string,
): CallSource['everyone'] {
  const time = sql.quote(columns.startedAt);
  const bound = timeUnit === 'timestamp' ? '?' : sql.numberParameter;
  if (indexedByTime) {
    return {
      from: table,
      where: `${userDid} is not null`,
      earliest: `(select min(${time}) from ${table} where ${time} >= ${bound})`,
    };
  }
  const users = `(with recursive usage_kit_walk (usage_kit_user) as (
      select min(${userDid}) from ${table}
      union all
      select (select min(${userDid}) from ${table} where ${userDid} > usage_kit_user)
      from usage_kit_walk where usage_kit_user is not null
    ) select usage_kit_user from usage_kit_walk where usage_kit_user is not null) as usage_kit_users`;
  return {
    from: `${users} cross join ${table}`,
    where: `${userDid} = usage_kit_user`,
    earliest: `(select min(usage_kit_first) from (
        select (select min(${time}) from ${table}
          where ${userDid} = usage_kit_user and ${time} >= ${bound}) as usage_kit_first
        from ${users}) as usage_kit_firsts)`,
  };
}

function changesOf(
  { columns, updatedAtUnit = 'timestamp', overlapSeconds }: CallTable,
  sql: MappingDialect,
): CallSource['changes'] {
  if (columns.updatedAt === undefined) return null;
  const overlapMs = overlapSeconds === undefined ? DEFAULT_OVERLAP_MS : overlapSeconds * 1000;
  const column = sql.quote(columns.updatedAt);
  if (updatedAtUnit === 'timestamp') {
    return { column, parameter: '?', bound: (ms) => sql.timestampOf(ms - overlapMs) };
  }
  const scale = updatedAtUnit === 's' ? 1000 : 1;
  return {
    column,
    parameter: sql.numberParameter,
    bound: (ms) => Math.floor((ms - overlapMs) / scale),
  };
}
