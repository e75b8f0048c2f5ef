import type { Knex } from 'knex';
import { getDialect } from '../../src/db/dialects/get-dialect.js';
import { ownCalls } from '../../src/db/own-calls.js';
import type { Literal } from '../../src/db/dialects/write-dialect.js';
import {
  GRANULARITIES,
  SCOPES,
  FIGURE_COLUMNS,
  getBucketUnitMs,
} from '../../src/aggregates/store/aggregate-columns.js';
import type { Scope } from '../../src/aggregates/model/aggregate.js';
import { CallFigures } from '../../src/aggregates/model/call-figures.js';
import type { Granularity } from '../../src/aggregates/model/range-plan.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  floorToUtcMonth,
} from '../../src/values/time.js';
import { modelKeyFromText } from '../../src/values/model-key.js';
import { visitCalls, type CallRow } from '../../src/aggregates/store/call-rows.js';
import { toLiterals } from '../../src/aggregates/store/stored-figures.js';

/** How far a user's rows are to be, epoch ms; `null`: there are none. */
export interface FilledProgress {
  builtThroughMs: number | null;
  daysThroughMs: number | null;
  monthsThroughMs: number | null;
  archivedBeforeMs: number | null;
  dueAtMs: number | null;
}

/** Rows of everything: the progress says which of them are read. */
export const ROLLED_UP = (throughMs: number): FilledProgress => ({
  builtThroughMs: floorTo(HOUR_MS, throughMs),
  daysThroughMs: floorTo(UTC_DAY_MS, throughMs),
  monthsThroughMs: floorToUtcMonth(throughMs),
  archivedBeforeMs: null,
  dueAtMs: null,
});

const SLOT = 7;
/** Grows with every user that is filled, so that no answer of before is given again. */
let version = 1;
const ROWS_PER_STATEMENT = 400;
const SCOPES_OF: Record<Granularity, readonly Scope[]> = {
  quarter: ['projectModel'],
  hour: ['user', 'model', 'project'],
  day: ['user', 'model', 'project', 'projectModel'],
  month: ['user', 'model', 'project'],
};

/**
 * Writes a user's aggregates of the calls that are in the table, without the rollup: by plain sums in memory. Also rows
 * beyond what the progress says are written, which readers must leave alone.
 */
export async function fillRows(
  knex: Knex,
  userDid: string,
  progress: FilledProgress,
): Promise<void> {
  const rows = new FilledRows(userDid, progress.archivedBeforeMs);
  const ranges = [{ fromMs: Date.UTC(2020, 0), toMs: Date.UTC(2035, 0) }];
  const dialect = getDialect(knex);
  const transaction = { trx: knex as Knex.Transaction, dialect, calls: ownCalls(dialect) };
  await visitCalls(transaction, userDid, { appDid: null, ranges, hasNames: true }, (call) => {
    rows.add(call);
  });
  await rows.write(knex);
}

/** Writes how far a user's rows are, whatever writers said of it. @param dirtyHours hours whose calls changed since */
export async function writeProgress(
  knex: Knex,
  userDid: string,
  progress: FilledProgress,
  dirtyHours: readonly number[] = [],
): Promise<void> {
  const user = { user_did: userDid };
  await knex('model_call_slots')
    .where({ slot: SLOT })
    .update({ swept_through_ms: progress.builtThroughMs });
  for (const table of ['model_call_users', 'model_call_dirty_hours'])
    await knex(table).where(user).delete();
  await knex('model_call_users').insert({
    ...user,
    version: (version += 1),
    slot: SLOT,
    due_at_ms: progress.dueAtMs,
    claimed_through_ms: progress.builtThroughMs,
    built_through_ms: progress.builtThroughMs,
    days_through_ms: progress.daysThroughMs,
    months_through_ms: progress.monthsThroughMs,
    archived_before_ms: progress.archivedBeforeMs,
  });
  for (const hourMs of dirtyHours) {
    await knex('model_call_dirty_hours').insert({ ...user, hour_ms: hourMs, revision: 1 });
  }
}

interface FilledRow {
  granularity: Granularity;
  bucket: number;
  scope: Scope;
  app_id: number;
  model_id: number;
  figures: CallFigures;
}

class FilledRows {
  readonly #rows = new Map<string, FilledRow>();
  readonly #projects = new Map<string, { id: number; firstMs: number }>();
  readonly #models = new Map<string, number>();

  constructor(
    readonly userDid: string,
    readonly archivedBeforeMs: number | null,
  ) {}

  add(call: CallRow): void {
    const { startedAtMs } = call;
    const appId = this.#appIdOf(call);
    const modelId = this.#models.get(call.modelKey) ?? this.#models.size + 1;
    this.#models.set(call.modelKey, modelId);
    const starts: Record<Granularity, number> = {
      quarter: floorTo(QUARTER_HOUR_MS, startedAtMs),
      hour: floorTo(HOUR_MS, startedAtMs),
      day: floorTo(UTC_DAY_MS, startedAtMs),
      month: floorToUtcMonth(startedAtMs),
    };
    for (const [granularity, startMs] of Object.entries(starts) as [Granularity, number][]) {
      for (const scope of SCOPES_OF[granularity]) {
        const isArchived = startMs < (this.archivedBeforeMs ?? 0);
        if (granularity === 'quarter' && !isArchived) continue;
        this.#rowOf({
          granularity,
          bucket: startMs / getBucketUnitMs(granularity),
          scope,
          app_id: scope === 'project' || scope === 'projectModel' ? appId : 0,
          model_id: scope === 'model' || scope === 'projectModel' ? modelId : 0,
        }).addCall(call);
      }
    }
  }

  #appIdOf({ appDid, startedAtMs }: CallRow): number {
    const known = this.#projects.get(appDid);
    const id = known?.id ?? this.#projects.size + 1;
    const firstMs = Math.min(startedAtMs, known?.firstMs ?? startedAtMs);
    this.#projects.set(appDid, { id, firstMs });
    return id;
  }

  #rowOf(key: Omit<FilledRow, 'figures'>): CallFigures {
    const text = JSON.stringify(key);
    const row = this.#rows.get(text) ?? { ...key, figures: new CallFigures() };
    this.#rows.set(text, row);
    return row.figures;
  }

  async write(knex: Knex): Promise<void> {
    const user_did = this.userDid;
    const { archivedBeforeMs } = this;
    const projects = [...this.#projects].map(([app_did, { id, firstMs }]) => ({
      user_did,
      app_id: id,
      app_did,
      archived_first_ms: firstMs < (archivedBeforeMs ?? 0) ? firstMs : null,
    }));
    const models = [...this.#models].map(([key, model_id]) => ({
      user_did,
      model_id,
      ...modelKeyFromText(key),
    }));
    const stats = [...this.#rows.values()].map(({ figures, scope, granularity, ...key }) => {
      const values = toLiterals(figures, { granularity, scope }).map(parseLiteral);
      const columns = FIGURE_COLUMNS.map((name, index) => [name, values[index]]);
      const codes = { granularity: GRANULARITIES[granularity], scope: SCOPES[scope] };
      return { user_did, ...key, ...codes, ...Object.fromEntries(columns) };
    });
    await knex.transaction(async (trx) => {
      await trx.batchInsert('model_call_projects', projects, ROWS_PER_STATEMENT);
      await trx.batchInsert('model_call_models', models, ROWS_PER_STATEMENT);
      await trx.batchInsert('model_call_stats', stats, ROWS_PER_STATEMENT);
    });
  }
}

/** The value of an SQL literal: null, a text, or an integer, which stays a text where a number would lose digits. */
function parseLiteral(value: Literal): string | number | null {
  const literal = String(value);
  if (literal === 'null') return null;
  if (literal.startsWith("'")) return literal.slice(1, -1);
  return Number.isSafeInteger(Number(literal)) ? Number(literal) : literal;
}
