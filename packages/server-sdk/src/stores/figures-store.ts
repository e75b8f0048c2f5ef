import { CallFigures, figuresOf } from '../domain/call-figures.js';
import { modelKeyOfText } from '../domain/model-key.js';
import {
  ALL_MODELS,
  readIds,
  readModels,
  readProjectPart,
  readProjects,
} from '../domain/packed-figures.js';
import {
  coverRange,
  toAnswerable,
  type RangeCover,
  type RollupProgress,
} from '../domain/range-cover.js';
import { joinRanges } from '../domain/raw-hours.js';
import { HOUR_MS } from '../domain/time.js';
import { visitCalls } from './call-rows.js';
import { readKeyNames } from './key-store.js';
import {
  FiguresAdder,
  indexOfRange,
  type FigureQuery,
  type RangeFigures,
  type WantedRange,
} from './range-figures.js';
import type { UserState } from './rollup-progress-store.js';
import { FIGURE_COLUMN_COUNT, toFigures, type JsonFigures } from './stats-columns.js';
import { selectStats, type StatsRow, type WantedSegment } from './stats-rows.js';
import type { Transaction } from './transaction.js';

/**
 * Sums the calls of one user over ranges: pre-aggregates where they are up to date, calls elsewhere. One row crosses the
 * driver for each of the two, whatever is in it.
 *
 * All reads must see one state of the database, see `Database.snapshot`.
 *
 * @param state what `readUserState` said in the same transaction, of the same user and project
 */
export async function readFigures(
  transaction: Transaction,
  userDid: string,
  state: UserState,
  query: FigureQuery,
): Promise<RangeFigures[]> {
  const { appDid } = query;
  const ranges = answerableRanges(query.ranges, state.progress);
  const covers = ranges.map((range) => coverRange(range, state.progress));
  const answered = { appDid, ranges };
  const segments = segmentsOf(answered, covers);
  const rows = await selectStats(transaction, state, appDid !== null, segments);
  const figures = await sumRows(transaction, answered, rows);
  const raw = joinRanges(covers.flatMap((cover) => cover.raw));
  const adder = new FiguresAdder(ranges, figures);
  await visitCalls(transaction, userDid, appDid, raw, (call) => adder.addCall(call));
  return figures;
}

/** Ranges as they can be answered; of those that ask for calls that are there, what is not archived. */
export function answerableRanges(
  ranges: readonly WantedRange[],
  progress: RollupProgress,
): WantedRange[] {
  return ranges.map((range) =>
    range.isKeptOnly
      ? {
          ...range,
          fromMs: Math.min(range.toMs, Math.max(range.fromMs, progress.archivedBeforeMs)),
        }
      : toAnswerable(range, progress),
  );
}

/** What of the pre-aggregates is to be read, neighbours as one. */
export function segmentsOf(
  { ranges }: FigureQuery,
  covers: readonly RangeCover[],
): WantedSegment[] {
  return joinSegments(
    covers.flatMap(({ rollups }, index) =>
      rollups.map((segment) => ({ ...segment, want: ranges[index]?.want ?? {} })),
    ),
  );
}

/** Sums rows of pre-aggregates by the range that they are in. */
export async function sumRows(
  transaction: Transaction,
  { ranges }: FigureQuery,
  rows: readonly StatsRow[],
): Promise<RangeFigures[]> {
  const numbered = ranges.map(() => new NumberedFigures());
  for (const row of rows) numbered[indexOfRange(ranges, row[0] * HOUR_MS)]?.addRow(row, row[0]);
  const named = await nameAll(transaction, numbered);
  return named.map((figures, index) => (ranges[index]?.want.types ? byType(figures) : figures));
}

function byType(figures: RangeFigures): RangeFigures {
  const types: RangeFigures['types'] = new Map();
  for (const [key, model] of figures.models) figuresOf(types, modelKeyOfText(key).type).add(model);
  return { ...figures, types, activeModels: new Set(figures.models.keys()) };
}

/** Where a row has its newest start. */
const LAST_START_AT = 12;

/** Figures of pre-aggregates, by the numbers that stand for names there. */
class NumberedFigures {
  readonly total = new CallFigures();
  readonly models = new Map<number, CallFigures>();
  readonly projects = new Map<number, CallFigures>();
  readonly activeProjects = new Set<number>();

  addRow(row: StatsRow, bucket: number): void {
    const [models, appIds, projects, projectPart] = row.slice(1 + FIGURE_COLUMN_COUNT) as (
      string | null
    )[];
    const lastMs = row[LAST_START_AT];
    if (row[1] !== null) this.total.add(toFigures(row.slice(1) as unknown as JsonFigures));
    else if (models && lastMs !== null) this.#addProject(models, Number(lastMs));
    if (models) readModels(models, (id) => figuresOf(this.models, id));
    if (appIds) readIds(appIds, this.activeProjects);
    if (projects) this.#addProjects(projects);
    if (projectPart) this.#addPart(projectPart, bucket);
  }

  /** A day or month of one project: its total is the sum of its models. */
  #addProject(models: string, lastMs: number): void {
    readModels(models, () => this.total);
    keepNewest(this.total, lastMs);
  }

  #addProjects(text: string): void {
    readProjects(text, (projectId, lastMs) => {
      const figures = figuresOf(this.projects, projectId);
      keepNewest(figures, lastMs);
      return () => figures;
    });
  }

  /** An hour of one project, by model: its total is their sum. */
  #addPart(text: string, bucket: number): void {
    const models = new Map<number, CallFigures>();
    const lastMs = readProjectPart(text, (id) => figuresOf(models, id));
    for (const [id, figures] of models) {
      this.total.add(figures);
      if (id !== ALL_MODELS) figuresOf(this.models, id).add(figures);
    }
    keepNewest(this.total, bucket * HOUR_MS + lastMs);
  }
}

function keepNewest(figures: CallFigures, startedAtMs: number): void {
  if (figures.lastStartedAtMs === null || startedAtMs > figures.lastStartedAtMs) {
    figures.lastStartedAtMs = startedAtMs;
  }
}

async function nameAll(
  transaction: Transaction,
  parts: readonly NumberedFigures[],
): Promise<RangeFigures[]> {
  const ids = new Set<number>();
  for (const { models, projects, activeProjects } of parts) {
    for (const keys of [models.keys(), projects.keys(), activeProjects]) {
      for (const id of keys) ids.add(id);
    }
  }
  const nameOf = await readKeyNames(transaction, ids);
  const byName = (groups: ReadonlyMap<number, CallFigures>): Map<string, CallFigures> =>
    new Map([...groups].map(([id, figures]) => [nameOf(id), figures]));
  return parts.map(({ total, models, projects, activeProjects }) => ({
    total,
    models: byName(models),
    types: new Map(),
    projects: byName(projects),
    activeModels: new Set(),
    activeProjects: new Set([...activeProjects].map(nameOf)),
  }));
}

/** Neighbours of one grain of which the same is wanted, as one. */
function joinSegments(segments: readonly WantedSegment[]): WantedSegment[] {
  const joined: WantedSegment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const adjoins = last?.grain === segment.grain && last.toMs === segment.fromMs;
    if (adjoins && last.want === segment.want) last.toMs = segment.toMs;
    else joined.push({ ...segment });
  }
  return joined;
}
