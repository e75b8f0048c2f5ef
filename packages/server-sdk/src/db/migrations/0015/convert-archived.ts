import type { Knex } from 'knex';
import { AggregateBucket, type Aggregate } from '../../../aggregates/model/aggregate.js';
import type { CallFigures } from '../../../aggregates/model/call-figures.js';
import { readPackedModels, readPackedProjects, type PackedProject } from './packed-reader.js';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const SCOPES = { user: 0, model: 1, project: 2, projectModel: 3 };
const KINDS = { user: 1, project: 2, model: 3 };
const ROWS_PER_STATEMENT = 300;
/** Of about a day each: what is read together. */
const BUCKETS_PER_READ = { 1: 1, 2: DAY_HOURS, 3: DAY_HOURS };

type Granularity = keyof typeof BUCKETS_PER_READ;

/**
 * Converts the packed rows of hours, days and months whose calls are archived. Reads a day's rows at a time. What is not
 * archived is built from the calls by the next rollup.
 */
export async function convertArchived(knex: Knex): Promise<void> {
  const [progress] =
    await knex('model_call_rollups').select<Record<'archived_before_ms', number | string | null>[]>(
      'archived_before_ms',
    );
  const archivedMs = progress?.archived_before_ms ?? null;
  if (archivedMs === null) return;
  const before = Number(archivedMs) / HOUR_MS;
  const names = new Names(knex);
  await convertHours(knex, names, before);
  await convertProjectRows(knex, names, 2, Math.floor(before / DAY_HOURS) * DAY_HOURS);
  await convertProjectRows(knex, names, 1, startOfMonth(before));
  await convertFirsts(knex, names);
  await names.write();
  await moveUsers(knex, names, before);
}

async function convertHours(knex: Knex, names: Names, before: number): Promise<void> {
  for await (const [from, to] of readSpans(knex, 'packed_stats', 3, before)) {
    const rows = await knex('model_call_packed_stats')
      .select<{ bucket: number; user_id: number; projects: string }[]>(
        ...['bucket', 'user_id', 'projects'],
      )
      .where('grain', 3)
      .where('bucket', '>=', from)
      .where('bucket', '<', to);
    const converted: RowValues[] = [];
    for (const row of rows) {
      const place = { granularity: 3 as const, bucket: row.bucket, userId: row.user_id };
      converted.push(...(await toRows(names, place, readPackedProjects(row.projects))));
    }
    await insertRows(knex, converted);
  }
}

/** Days and months: each project has a row with its models. */
async function convertProjectRows(
  knex: Knex,
  names: Names,
  granularity: 1 | 2,
  before: number,
): Promise<void> {
  for await (const [from, to] of readSpans(knex, 'project_stats', granularity, before)) {
    const rows = await knex('model_call_project_stats')
      .select<ProjectRow[]>('bucket', 'user_id', 'app_id', 'last_started_at_ms', 'models')
      .where('grain', granularity)
      .where('bucket', '>=', from)
      .where('bucket', '<', to);
    const places = new Map<string, { bucket: number; userId: number; projects: PackedProject[] }>();
    for (const row of rows) {
      const key = `${row.bucket} ${row.user_id}`;
      const place = places.get(key) ?? { bucket: row.bucket, userId: row.user_id, projects: [] };
      places.set(key, place);
      place.projects.push({
        projectId: row.app_id,
        lastStartedAtMs: Number(row.last_started_at_ms),
        models: readPackedModels(row.models),
      });
    }
    for (const { projects, ...place } of places.values()) {
      await insertRows(knex, await toRows(names, { granularity, ...place }, projects));
    }
  }
}

interface ProjectRow {
  bucket: number;
  user_id: number;
  app_id: number;
  last_started_at_ms: number | string;
  models: string;
}

/** Runs of buckets that have rows, `[from, to)`, in hours since 1970. */
async function* readSpans(
  knex: Knex,
  table: string,
  granularity: Granularity,
  before: number,
): AsyncGenerator<[number, number]> {
  let from = -(2 ** 31);
  for (;;) {
    const row = await knex(`model_call_${table}`)
      .where('grain', granularity)
      .where('bucket', '>=', from)
      .where('bucket', '<', before)
      .min<{ bucket: number | null }[]>({ bucket: 'bucket' })
      .first();
    if (row?.bucket === null || row?.bucket === undefined) return;
    const to = Math.min(Number(row.bucket) + BUCKETS_PER_READ[granularity], before);
    yield [Number(row.bucket), to];
    from = to;
  }
}

type RowValues = readonly [userDid: string, values: readonly (string | number | bigint | null)[]];

/** Rows of a user's bucket. Hours and days have models within projects, months have not. */
async function toRows(
  names: Names,
  { granularity, bucket, userId }: { granularity: Granularity; bucket: number; userId: number },
  projects: readonly PackedProject[],
): Promise<RowValues[]> {
  const sums = new AggregateBucket(granularity !== 1);
  const add = (scope: Aggregate['scope'], appId: number, modelId: number, figures: CallFigures) => {
    sums.add({ scope, appId, modelId, figures });
  };
  const userDid = await names.findUser(userId);
  for (const { projectId, lastStartedAtMs, models } of projects) {
    const appId = await names.findProject(userId, projectId);
    for (const [oldModelId, figures] of models) {
      const modelId = await names.findModel(userId, oldModelId);
      figures.lastStartedAtMs = lastStartedAtMs;
      add('user', 0, 0, figures);
      add('model', 0, modelId, figures);
      add('project', appId, 0, figures);
      add('projectModel', appId, modelId, figures);
    }
  }
  return [...sums].map(({ scope, appId, modelId, figures }) => [
    userDid,
    [granularity, bucket, SCOPES[scope], appId, modelId, ...toValues(figures, scope)],
  ]);
}

const COLUMNS = [
  ...['granularity', 'bucket', 'scope', 'app_id', 'model_id', 'calls', 'successful_calls'],
  ...['failed_calls', 'input_tokens', 'output_tokens', 'total_tokens', 'credits_e8'],
  ...['duration_us', 'duration_samples', 'min_duration_us', 'max_duration_us'],
  ...['last_started_at_ms', 'durations', 'input_token_calls', 'output_token_calls'],
  ...['total_token_calls', 'credit_calls', 'unknown_token_calls', 'unknown_credit_calls'],
];

function toValues(figures: CallFigures, scope: string): (string | number | bigint | null)[] {
  const { calls, durationSamples } = figures;
  const unlessAll = (count: number): number | null => (count === calls ? null : count);
  return [
    ...[calls, figures.successfulCalls, figures.failedCalls, figures.inputTokens],
    ...[figures.outputTokens, figures.totalTokens, figures.credits, figures.durationUs],
    durationSamples,
    durationSamples < 2 ? null : figures.minDurationUs,
    durationSamples < 2 ? null : figures.maxDurationUs,
    scope === 'project' ? figures.lastStartedAtMs : null,
    figures.durations.toText(),
    ...[unlessAll(figures.inputTokenCalls), unlessAll(figures.outputTokenCalls)],
    ...[unlessAll(figures.totalTokenCalls), unlessAll(figures.creditCalls)],
    ...[figures.unknownTokenCalls || null, figures.unknownCreditCalls || null],
  ];
}

/** Values are integers and sketches (letters and digits), so they are written as literals. */
async function insertRows(knex: Knex, rows: readonly RowValues[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const some = rows.slice(start, start + ROWS_PER_STATEMENT);
    const tuples = some.map(
      ([, values]) =>
        `(?,${values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(',')})`,
    );
    await knex.raw(
      `insert into model_call_stats (user_did, ${COLUMNS.join(', ')}) values ${tuples.join(',')}`,
      some.map(([userDid]) => userDid),
    );
  }
}

/** Starts of projects' first archived calls. */
async function convertFirsts(knex: Knex, names: Names): Promise<void> {
  const firsts = await knex('model_call_archived_firsts').select<
    { user_did: string; app_did: string; first_started_at_ms: number | string }[]
  >('user_did', 'app_did', 'first_started_at_ms');
  for (const row of firsts) {
    names.noteFirst(row.user_did, row.app_did, Number(row.first_started_at_ms));
  }
}

/** Users are built as far as their calls are archived. */
async function moveUsers(knex: Knex, names: Names, before: number): Promise<void> {
  const archivedMs = before * HOUR_MS;
  const day = Math.floor(before / DAY_HOURS) * DAY_HOURS;
  for (const userDid of names.users()) {
    await knex('model_call_users')
      .where('user_did', userDid)
      .update({
        claimed_through_ms: archivedMs,
        built_through_ms: archivedMs,
        days_through_ms: day * HOUR_MS,
        months_through_ms: startOfMonth(day) * HOUR_MS,
        archived_before_ms: archivedMs,
      });
  }
}

function startOfMonth(hours: number): number {
  const date = new Date(hours * HOUR_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / HOUR_MS;
}

/** Ids of one user's names. */
interface UserNames {
  projects: Map<string, number>;
  models: Map<string, number>;
  firsts: Map<string, number>;
}

/** Names of the old numbers, and the ids that users' projects and models get. */
class Names {
  readonly #old = new Map<number, string>();
  readonly #users = new Map<string, UserNames>();

  constructor(readonly knex: Knex) {}

  users(): Iterable<string> {
    return this.#users.keys();
  }

  findUser(userId: number): Promise<string> {
    return this.#findName(userId, KINDS.user);
  }

  async findProject(userId: number, projectId: number): Promise<number> {
    const name = await this.#findName(projectId, KINDS.project);
    return getId(this.#get(await this.findUser(userId)).projects, name);
  }

  async findModel(userId: number, modelId: number): Promise<number> {
    const name = await this.#findName(modelId, KINDS.model);
    return getId(this.#get(await this.findUser(userId)).models, name);
  }

  noteFirst(userDid: string, appDid: string, firstMs: number): void {
    const user = this.#get(userDid);
    getId(user.projects, appDid);
    user.firsts.set(appDid, firstMs);
  }

  /** Stores all ids. */
  async write(): Promise<void> {
    for (const [userDid, { projects, models, firsts }] of this.#users) {
      for (const [appDid, appId] of projects) {
        await this.knex('model_call_projects').insert({
          ...{ user_did: userDid, app_id: appId, app_did: appDid },
          archived_first_ms: firsts.get(appDid) ?? null,
        });
      }
      for (const [key, modelId] of models) {
        await this.knex('model_call_models').insert({
          user_did: userDid,
          model_id: modelId,
          ...toModel(key),
        });
      }
    }
  }

  #get(userDid: string): UserNames {
    const known = this.#users.get(userDid);
    if (known) return known;
    const user: UserNames = { projects: new Map(), models: new Map(), firsts: new Map() };
    this.#users.set(userDid, user);
    return user;
  }

  async #findName(id: number, kind: number): Promise<string> {
    let name = this.#old.get(id);
    if (name === undefined) {
      const row = await this.knex('model_call_keys').where({ id, kind }).first<{ name: string }>();
      name = row.name;
      this.#old.set(id, name);
    }
    return name;
  }
}

function getId(ids: Map<string, number>, name: string): number {
  const id = ids.get(name) ?? ids.size + 1;
  ids.set(name, id);
  return id;
}

const SEPARATOR = '\u001f';

/** Keys of models were JSON arrays; long ones were joined by a control character. */
function toModel(key: string): { provider: string; model: string; type: string } {
  const parts: unknown = key.startsWith(SEPARATOR)
    ? key.split(SEPARATOR).slice(1)
    : JSON.parse(key);
  const [provider = '', model = '', type = ''] = Array.isArray(parts) ? parts.map(String) : [];
  return { provider: provider.slice(0, 128), model: model.slice(0, 255), type };
}
