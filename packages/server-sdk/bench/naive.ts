import type { Knex } from 'knex';

/** Which calls the queries are about. */
export interface NaiveScope {
  userDid: string;
  appDid?: string;
  fromMs: number;
  toMs: number;
}

const SUMS = `count(*) as calls, sum(case when status = 'success' then 1 else 0 end) as successful,
  sum(case when status = 'failed' then 1 else 0 end) as failed, sum(input_tokens) as input_tokens,
  sum(output_tokens) as output_tokens, sum(total_tokens) as total_tokens, sum(credits_e8) as credits,
  avg(case when status = 'success' then duration_us end) as average_us,
  avg(case when status = 'success' then ttfb_us end) as average_ttfb_us,
  sum(cached_input_tokens) as cached_input_tokens, sum(cache_write_tokens) as cache_write_tokens,
  sum(reasoning_tokens) as reasoning_tokens, sum(cost_e10) as cost, count(cost_e10) as priced,
  sum(case when cached_input_tokens is not null then input_tokens end) as cached_of,
  sum(case when status = 'success' and duration_us > ttfb_us then output_tokens end) as generated,
  sum(case when status = 'success' and duration_us > ttfb_us then duration_us - ttfb_us end) as generation_us`;

/** The durations that have a percentile. */
const DURATIONS = ['duration_us', 'ttfb_us'] as const;

/**
 * The figures as a host without pre-aggregates gets them: one query over the calls for each, served by the index on user
 * (and project) and time. The percentile is read where it lies in order: by OFFSET as AIGNE Hub does, by rank within each
 * group, and with percentile_disc where the database has it.
 */
export class NaiveQueries {
  readonly #isPostgres: boolean;

  constructor(readonly knex: Knex) {
    this.#isPostgres = (knex.client as { driverName: string }).driverName === 'pg';
  }

  /** Totals, P95, the period before, active projects and models, sums and P95 by type. */
  async overview(scope: NaiveScope): Promise<void> {
    await this.totals(scope);
    await this.#run(
      'select count(distinct app_did) as projects, count(distinct model) as models from model_calls where $scope',
      scope,
    );
    await this.grouped('type', scope);
  }

  /** Totals and P95, of the period before too. */
  async totals(scope: NaiveScope): Promise<void> {
    const before = { ...scope, fromMs: 2 * scope.fromMs - scope.toMs, toMs: scope.fromMs };
    for (const period of [scope, before]) {
      await this.#run(`select ${SUMS} from model_calls where $scope`, period);
      await this.p95(period);
    }
  }

  /** The percentiles alone. */
  async p95(scope: NaiveScope): Promise<void> {
    for (const column of DURATIONS) await this.#percentile(column, scope);
  }

  async #percentile(column: string, scope: NaiveScope): Promise<void> {
    const of = `from model_calls where $scope and status = 'success' and ${column} is not null`;
    if (this.#isPostgres) {
      await this.#run(
        `select percentile_disc(0.95) within group (order by ${column}) as p95 ${of}`,
        scope,
      );
      return;
    }
    const [row] = await this.#run<{ n: number }>(`select count(*) as n ${of}`, scope);
    const rank = Math.max(0, Math.ceil(0.95 * Number(row?.n ?? 0)) - 1);
    await this.#run(`select ${column} ${of} order by ${column} limit 1 offset ${rank}`, scope);
  }

  /** Sums and P95 by a group's expression. */
  async grouped(expression: string, scope: NaiveScope): Promise<void> {
    await this.#run(
      `select ${expression} as part, ${SUMS} from model_calls where $scope group by ${expression}`,
      scope,
    );
    for (const column of DURATIONS) await this.#groupedPercentile(expression, column, scope);
  }

  async #groupedPercentile(expression: string, column: string, scope: NaiveScope): Promise<void> {
    const of = `from model_calls where $scope and status = 'success' and ${column} is not null`;
    await this.#run(
      this.#isPostgres
        ? `select ${expression} as part, percentile_disc(0.95) within group (order by ${column}) as p95 ${of}
           group by ${expression}`
        : `select part, max(case when place <= n * 0.95 + 1 then ${column} end) as p95 from (
             select ${expression} as part, ${column},
               row_number() over (partition by ${expression} order by ${column}) as place,
               count(*) over (partition by ${expression}) as n ${of}) as ranked group by part`,
      scope,
    );
  }

  /** A page of the call history with its count, by offset. */
  async callPage(scope: NaiveScope, offset: number): Promise<void> {
    await this.#run('select count(*) as n from model_calls where $scope', scope);
    await this.#run(
      `select * from model_calls where $scope order by started_at_ms desc, id desc limit 20 offset ${offset}`,
      scope,
    );
  }

  async #run<Row>(sql: string, { userDid, appDid, fromMs, toMs }: NaiveScope): Promise<Row[]> {
    const project = appDid === undefined ? '' : 'and app_did = ?';
    const bindings = [userDid, fromMs, toMs, ...(appDid === undefined ? [] : [appDid])];
    const result: unknown = await this.knex.raw(
      sql.replace('$scope', `user_did = ? and started_at_ms >= ? and started_at_ms < ? ${project}`),
      bindings,
    );
    if (!Array.isArray(result)) return (result as { rows: Row[] }).rows;
    return (Array.isArray(result[0]) ? result[0] : result) as Row[];
  }
}
