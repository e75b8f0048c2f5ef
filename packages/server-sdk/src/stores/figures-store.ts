import { figuresOf } from '../domain/call-figures.js';
import { ModelKeyTexts, toCallType } from '../domain/model-key.js';
import {
  coverProjectModels,
  coverRange,
  joinRanges,
  toAnswerable,
  type RangeCover,
  type RollupProgress,
  type RollupSegment,
} from '../domain/range-cover.js';
import { HOUR_MS } from '../domain/time.js';
import { visitCalls } from './call-rows.js';
import { readProject } from './project-store.js';
import {
  addCall,
  emptyFigures,
  indexOfRange,
  type FigureParts,
  type FigureQuery,
  type FigureRange,
  type RangeFigures,
} from './range-figures.js';
import { toFigures } from './stats-columns.js';
import { readModelRows, readProjectRows, readTotalRows } from './figure-rows.js';
import type { Transaction } from './transaction.js';

/**
 * Adds up the calls of one user over ranges: rows of aggregates where they are up to date, calls elsewhere. All reads must
 * see one state of the database, see `Database.snapshot`.
 *
 * @param progress what of the user's rows is up to date, read in the same transaction
 */
export async function readFigures(
  transaction: Transaction,
  userDid: string,
  progress: RollupProgress,
  query: FigureQuery,
): Promise<RangeFigures[]> {
  const { appDid } = query;
  const ranges = query.ranges.map((range) => toAnswerable(range, progress));
  const covers = ranges.map((range) => coverFigures(range, appDid, progress));
  const all = ranges.map(emptyFigures);
  const project = appDid === null ? null : await readProject(transaction, userDid, appDid);
  const rows = new RowReader(transaction, userDid, project?.appId ?? null, ranges, covers, all);
  // A project without an id has no rows.
  if (appDid === null || project) await rows.addAll();
  const raw = joinRanges(covers.flatMap((cover) => cover.raw));
  await visitCalls(transaction, userDid, appDid, raw, (call) => {
    addCall(ranges, all, call);
  });
  return all;
}

function coverFigures(
  range: FigureRange,
  appDid: string | null,
  progress: RollupProgress,
): RangeCover {
  const { models, types } = range.parts;
  const cover = appDid !== null && (models || types) ? coverProjectModels : coverRange;
  return cover(range, progress);
}

const modelKeys = new ModelKeyTexts();

/** Adds rows of aggregates to the figures of the ranges that they are in. */
class RowReader {
  constructor(
    readonly transaction: Transaction,
    readonly userDid: string,
    readonly appId: number | null,
    readonly ranges: readonly FigureRange[],
    readonly covers: readonly RangeCover[],
    readonly all: readonly RangeFigures[],
  ) {}

  async addAll(): Promise<void> {
    await this.#addTotals();
    await this.#addModels();
    if (this.appId !== null) return;
    await this.#addProjects();
    await this.#addActiveProjects();
  }

  async #addTotals(): Promise<void> {
    const { segments } = this.#select(({ total }) => total);
    const rows = await readTotalRows(this.transaction, this.userDid, this.#of(segments));
    for (const row of rows) this.#figuresAt(row).total.add(toFigures(row, 1));
  }

  async #addModels(): Promise<void> {
    const { segments, isOne } = this.#select(({ models, types }) => models || types);
    const query = this.#of(segments);
    for (const row of await readModelRows(this.transaction, this.userDid, query, isOne)) {
      const [provider, model, type] = row.slice(1, 4).map(requireName);
      const callType = toCallType(type);
      const key = modelKeys.of(provider ?? '', model ?? '', callType);
      const { models, types, activeModels } = this.#figuresAt(row);
      const parts = this.#partsAt(row);
      const figures = toFigures(row, 4);
      if (parts.models) figuresOf(models, key).add(figures);
      if (!parts.types) continue;
      figuresOf(types, callType).add(figures);
      activeModels.add(key);
    }
  }

  async #addProjects(): Promise<void> {
    const { segments, isOne } = this.#select(({ projects }) => projects);
    const shape = { hasFigures: true, isSummed: isOne };
    for (const row of await readProjectRows(this.transaction, this.userDid, segments, shape)) {
      const { projects } = this.#figuresAt(row);
      figuresOf(projects, requireName(row[1])).add(toFigures(row, 2));
    }
  }

  async #addActiveProjects(): Promise<void> {
    const { segments, isOne } = this.#select(({ activeProjects }) => activeProjects);
    const shape = { hasFigures: false, isSummed: isOne };
    for (const row of await readProjectRows(this.transaction, this.userDid, segments, shape)) {
      this.#figuresAt(row).activeProjects.add(requireName(row[1]));
    }
  }

  /** Segments of the ranges of which something is asked for, and whether it is one range: its rows can be added up. */
  #select(isAsked: (parts: FigureParts) => boolean | undefined): {
    segments: RollupSegment[];
    isOne: boolean;
  } {
    const covers = this.covers.filter((_, index) => isAsked(this.ranges[index]?.parts ?? {}));
    return { segments: covers.flatMap(({ rollups }) => rollups), isOne: covers.length === 1 };
  }

  #of(segments: readonly RollupSegment[]): {
    appId: number | null;
    segments: readonly RollupSegment[];
  } {
    return { appId: this.appId, segments };
  }

  #figuresAt(row: readonly unknown[]): RangeFigures {
    const figures = this.all[this.#indexAt(row)];
    if (!figures) throw new RangeError('A row is in no range');
    return figures;
  }

  #partsAt(row: readonly unknown[]): FigureParts {
    return this.ranges[this.#indexAt(row)]?.parts ?? {};
  }

  #indexAt([bucket]: readonly unknown[]): number {
    return indexOfRange(this.ranges, Number(bucket) * HOUR_MS);
  }
}

/** A row without a name would be lost. */
function requireName(name: unknown): string {
  if (typeof name === 'string') return name;
  throw new TypeError('A row of aggregates is of a project or model that has no name');
}
