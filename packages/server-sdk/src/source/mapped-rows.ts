import {
  CALL_STATUSES,
  CALL_TYPES,
  UNASSIGNED_APP_DID,
  type CallStatus,
} from '../contract/common.js';
import type { CallSource } from '../db/call-source.js';
import { verbatim, type Sql } from '../db/sql.js';
import type { CreditParts, MappingDialect } from '../db/dialects/mapping-dialect.js';
import { MAX_DURATION_US } from '../aggregates/sketch/duration-sketch.js';
import { TOKEN_METERED } from '../aggregates/model/call-figures.js';
import type { CreditDecimals } from '../values/amounts.js';
import type { CallTable, NumberColumn } from './call-table.js';

/** Microseconds of the units of durations. */
const DURATION_US = { us: 1, ms: 1000, s: 1_000_000 } as const;
/** Maximum number of tokens or units of a call, as when it is recorded. */
const MAX_AMOUNT = '1000000000000';

/** Returns the host's words for a status; without a mapping, the status itself. */
export function listStatusWords(mapping: CallTable, status: CallStatus): readonly string[] {
  return mapping.statusValues?.[status] ?? [status];
}

/** Expressions over a row of the host's table. */
export class MappedRows {
  readonly #columns: CallTable['columns'];

  constructor(
    readonly mapping: CallTable,
    readonly sql: MappingDialect,
    readonly currency: string,
    readonly creditDecimals: CreditDecimals,
  ) {
    this.#columns = mapping.columns;
  }

  mapFields(integerAsText: (expression: string) => string): CallSource['fields'] {
    const credits = this.#credits();
    return {
      appDid: this.#appDid(),
      provider: this.#text('provider', `''`),
      model: this.#text('model', `''`),
      type: this.#type(),
      status: this.#status(),
      startedAtMs: this.mapTime().toMs(this.sql.quote(this.#columns.startedAt)),
      durationUs: this.#micros('duration', this.mapping.durationUnit),
      ttfbUs: this.#micros('ttfb', this.mapping.ttfbUnit),
      inputTokens: this.#tokens(this.#number(this.#columns.inputTokens)),
      outputTokens: this.#tokens(this.#number(this.#columns.outputTokens)),
      totalTokens: this.#tokens(this.#totalTokens()),
      creditsE8: credits.unitsE8 === 'null' ? 'null' : integerAsText(credits.unitsE8),
      creditsRestE10: credits.restE10 === 'null' ? 'null' : integerAsText(credits.restE10),
      ...this.#mapTokenParts(),
      costE10:
        this.#columns.cost === undefined
          ? 'null'
          : integerAsText(`case when ${this.#isOwnCurrency()} then ${this.#cost()} end`),
    };
  }

  mapPage(): CallSource['page'] {
    const fields = this.mapFields((expression) => expression);
    return {
      id: this.sql.quote(this.#columns.id),
      trace_id: this.#text('traceId'),
      app_did: fields.appDid,
      model: fields.model,
      provider: fields.provider,
      type: fields.type,
      status: fields.status,
      started_at_ms: this.#startedAtMs(),
      duration_us: fields.durationUs,
      ttfb_us: fields.ttfbUs,
      input_tokens: fields.inputTokens,
      output_tokens: fields.outputTokens,
      total_tokens: fields.totalTokens,
      units: this.#units(),
      credits_e8: fields.creditsE8,
      credits_rest_e10: fields.creditsRestE10,
      cached_input_tokens: fields.cachedInputTokens,
      cache_write_tokens: fields.cacheWriteTokens,
      reasoning_tokens: fields.reasoningTokens,
      cost_e10: this.#cost(),
      currency:
        this.#columns.currency === undefined ? `'${this.currency}'` : this.#text('currency'),
      cost_source: `'host'`,
      price_table: 'null',
      error_reason: this.#text('errorReason'),
      metadata: this.#text('metadata'),
    };
  }

  mapTime(): CallSource['time'] {
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
      return [verbatim(appDid === UNASSIGNED_APP_DID ? '1 = 1' : '1 = 0')];
    }
    const column = sql.quote(this.#columns.appDid);
    // A word for "no project" is no project's name.
    if (words.includes(appDid)) return [verbatim('1 = 0')];
    const named = (word: string): Sql => {
      const condition = sql.equals(column, word);
      return { ...condition, sql: sql.secondary(condition.sql) };
    };
    if (appDid !== UNASSIGNED_APP_DID) return [named(appDid)];
    const all = [...new Set([...words, UNASSIGNED_APP_DID])];
    return [verbatim(sql.secondary(`${column} is null`)), ...all.map(named)];
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
    return `case when ${column} in (${toList(CALL_TYPES)}) then ${column} else 'custom' end`;
  }

  /** Other words count as in progress; `checkCallTable` refuses a table that has such words. */
  #status(): string {
    const column = this.#text('status');
    const cases = CALL_STATUSES.filter((status) => status !== 'processing').flatMap((status) =>
      listStatusWords(this.mapping, status).map(
        (word) => `when ${this.sql.is(column, word)} then '${status}'`,
      ),
    );
    return cases.length === 0 ? `'processing'` : `case ${cases.join(' ')} else 'processing' end`;
  }

  #startedAtMs(): string {
    const column = this.sql.quote(this.#columns.startedAt);
    if (this.mapping.timeUnit === 'timestamp') return this.sql.timestampMs(column);
    return this.mapping.timeUnit === 's' ? `${column} * 1000.0` : column;
  }

  #credits(): CreditParts {
    const { credits } = this.#columns;
    if (credits === undefined) return { unitsE8: 'null', restE10: 'null' };
    const column = this.sql.quote(credits);
    if (this.creditDecimals === 10) return this.sql.creditParts(column);
    return { unitsE8: this.sql.amount(column, 8), restE10: 'null' };
  }

  #cost(): string {
    const { cost } = this.#columns;
    return cost === undefined ? 'null' : this.sql.amount(this.sql.quote(cost), 10);
  }

  #isOwnCurrency(): string {
    const { currency } = this.#columns;
    return currency === undefined ? '1 = 1' : this.sql.is(this.sql.quote(currency), this.currency);
  }

  /** Parts that exceed their whole, or whose whole is unknown, are unknown, as when they are recorded. */
  #mapTokenParts(): Pick<
    CallSource['fields'],
    'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens'
  > {
    const { inputTokens, outputTokens } = this.#columns;
    const [cached, written, reasoned] = [
      this.#number(this.#columns.cachedInputTokens),
      this.#number(this.#columns.cacheWriteTokens),
      this.#number(this.#columns.reasoningTokens),
    ];
    const input = `coalesce(${cached}, 0) + coalesce(${written}, 0) <= ${this.#number(inputTokens)}`;
    const ifSound = (isSound: string, part: string): string =>
      part === 'null' ? part : this.#tokens(`case when ${isSound} then ${part} end`);
    return {
      cachedInputTokens: ifSound(input, cached),
      cacheWriteTokens: ifSound(input, written),
      reasoningTokens: ifSound(`${reasoned} <= ${this.#number(outputTokens)}`, reasoned),
    };
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

  /** The amount for types that are metered in tokens, and null for others. */
  #tokens(amount: string): string {
    if (amount === 'null' || this.#columns.type === undefined) return amount;
    return `case when ${this.#type()} in (${toList([...TOKEN_METERED])}) then ${amount} end`;
  }

  #units(): string {
    const { usage } = this.#columns;
    if (usage === undefined || this.#columns.type === undefined) return 'null';
    return `case when ${this.#type()} not in (${toList([...TOKEN_METERED])}) then ${this.#number(usage)} end`;
  }

  /** An invalid amount is unknown, as when it is recorded. */
  #number(column: NumberColumn | undefined): string {
    if (column === undefined) return 'null';
    const number =
      typeof column === 'string'
        ? this.sql.number(this.sql.quote(column))
        : this.sql.jsonNumber(this.sql.quote(column.column), column.key);
    return `case when ${number} >= 0 and ${number} <= ${MAX_AMOUNT} then ${number} end`;
  }

  #micros(field: 'duration' | 'ttfb', unit: keyof typeof DURATION_US = 'ms'): string {
    const column = this.#columns[field];
    if (column === undefined) return 'null';
    const number = this.sql.number(this.sql.quote(column));
    // The decimal point prevents PostgreSQL from multiplying as 32-bit integers.
    const micros = `${number} * ${DURATION_US[unit]}.0`;
    return `case when ${number} >= 0 and ${micros} <= ${MAX_DURATION_US} then ${this.sql.round(micros)} end`;
  }

  #text(
    field:
      | 'provider'
      | 'model'
      | 'type'
      | 'status'
      | 'traceId'
      | 'errorReason'
      | 'metadata'
      | 'currency',
    fallback?: string,
  ): string {
    const column = this.#columns[field];
    if (column === undefined) return fallback ?? 'null';
    const text = this.sql.text(this.sql.quote(column));
    return fallback === undefined ? text : `coalesce(${text}, ${fallback})`;
  }
}

function toList(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
