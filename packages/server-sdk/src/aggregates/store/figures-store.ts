import type { CallType } from '../../contract/common.js';
import { getOrAddFigures, sumFigures, type CallFigures } from '../model/call-figures.js';
import { ModelKeyTexts, toCallType } from '../../values/model-key.js';
import {
  planProjectModels,
  planRange,
  joinRanges,
  toAnswerable,
  type RangePlan,
  type RollupProgress,
  type RollupSegment,
} from '../model/range-plan.js';
import { HOUR_MS } from '../../values/time.js';
import { visitCalls } from './call-rows.js';
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
import {
  readActiveProjects,
  readModelRows,
  readProjectRows,
  readTotalRows,
  type RowShape,
} from './figure-rows.js';
import type { Transaction } from '../../db/transaction.js';

/** The project of a query in aggregates. */
export interface ProjectId {
  /** Its short id; `null` for all projects, and for one of which nothing was rolled up. */
  appId: number | null;
}

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
  query: FigureQuery & ProjectId,
): Promise<RangeFigures[]> {
  const { appDid, appId } = query;
  const ranges = query.ranges.map((range) => toAnswerable(range, progress));
  const plans = ranges.map((range) => planFigures(range, appDid, progress));
  const all = ranges.map(emptyFigures);
  const rows = new RowReader(transaction, userDid, appId, ranges, plans, all);
  // A project without an id has no rows.
  if (appDid === null || appId !== null) await rows.addAll();
  const selection = {
    appDid,
    ranges: joinRanges(plans.flatMap((plan) => plan.raw)),
    hasNames: ranges.some(({ parts }) => hasNames(parts)),
  };
  await visitCalls(transaction, userDid, selection, (call) => {
    addCall(ranges, all, call);
  });
  return all;
}

function hasNames({ models, types, projects, activeProjects }: FigureParts): boolean {
  return [models, types, projects, activeProjects].includes(true);
}

function planFigures(
  range: FigureRange,
  appDid: string | null,
  progress: RollupProgress,
): RangePlan {
  const { models, types } = range.parts;
  const plan = appDid !== null && (models || types) ? planProjectModels : planRange;
  return plan(range, progress);
}

const modelKeys = new ModelKeyTexts();

/** Figures of a model, in the bucket of its row. */
interface ModelFigures {
  row: readonly unknown[];
  key: string;
  type: CallType;
  figures: CallFigures;
}

/** Adds rows of aggregates to the figures of the ranges that they are in. */
class RowReader {
  constructor(
    readonly transaction: Transaction,
    readonly userDid: string,
    readonly appId: number | null,
    readonly ranges: readonly FigureRange[],
    readonly plans: readonly RangePlan[],
    readonly all: readonly RangeFigures[],
  ) {}

  async addAll(): Promise<void> {
    await this.#addTotals();
    await this.#addModels();
    for (const index of this.ranges.keys()) await this.#addTypes(index);
    if (this.appId !== null) return;
    await this.#addProjects();
    for (const index of this.ranges.keys()) await this.#addActiveProjects(index);
  }

  async #addTotals(): Promise<void> {
    const { segments } = this.#select(({ total }) => total);
    const query = { appId: this.appId, segments };
    for (const row of await readTotalRows(this.transaction, this.userDid, query)) {
      this.#figuresAt(row).total.add(toFigures(row, 1));
    }
  }

  async #addModels(): Promise<void> {
    const { segments, isSummed } = this.#select(({ models }) => models);
    for (const { row, key, figures } of await this.#readModels(segments, { isSummed })) {
      getOrAddFigures(this.#figuresAt(row).models, key).add(figures);
    }
  }

  /** Sketches of many models are a megabyte. Where all models are of one type, the total says the same. */
  async #addTypes(index: number): Promise<void> {
    const { parts, segments, figures: of } = this.#at(index);
    if (!parts.types) return;
    const shape = { isSummed: true, hasSketches: false };
    const models = await this.#readModels(segments, shape);
    for (const { key } of models) of.activeModels.add(key);
    const [type, ...others] = new Set(models.map((model) => model.type));
    if (type === undefined) return;
    if (others.length === 0 && parts.total) {
      of.types.set(type, sumFigures([of.total]));
      return;
    }
    for (const model of await this.#readModels(segments, { isSummed: true })) {
      getOrAddFigures(of.types, model.type).add(model.figures);
    }
  }

  async #readModels(segments: readonly RollupSegment[], shape: RowShape): Promise<ModelFigures[]> {
    const query = { appId: this.appId, segments };
    const rows = await readModelRows(this.transaction, this.userDid, query, shape);
    return rows.map((row) => {
      const [provider, model, type] = [row[1], row[2], row[3]].map(requireName);
      const callType = toCallType(type);
      const key = modelKeys.getText(provider ?? '', model ?? '', callType);
      return { row, key, type: callType, figures: toFigures(row, 4) };
    });
  }

  async #addProjects(): Promise<void> {
    const { segments, isSummed } = this.#select(({ projects }) => projects);
    const shape = { isSummed };
    for (const row of await readProjectRows(this.transaction, this.userDid, segments, shape)) {
      getOrAddFigures(this.#figuresAt(row).projects, requireName(row[1])).add(toFigures(row, 2));
    }
  }

  async #addActiveProjects(index: number): Promise<void> {
    const { parts, segments, figures } = this.#at(index);
    if (!parts.activeProjects) return;
    for (const [name] of await readActiveProjects(this.transaction, this.userDid, segments)) {
      figures.activeProjects.add(requireName(name));
    }
  }

  /** Segments of the ranges of which something is asked for. Rows of one range can be added up by the database. */
  #select(isSelected: (parts: FigureParts) => boolean | undefined): {
    segments: RollupSegment[];
    isSummed: boolean;
  } {
    const plans = this.plans.filter((_, index) => isSelected(this.#at(index).parts));
    return { segments: plans.flatMap(({ rollups }) => rollups), isSummed: plans.length === 1 };
  }

  #at(index: number): {
    parts: FigureParts;
    segments: readonly RollupSegment[];
    figures: RangeFigures;
  } {
    const [range, plan, figures] = [this.ranges[index], this.plans[index], this.all[index]];
    if (!range || !plan || !figures) throw new RangeError('A row is in no range');
    return { parts: range.parts, segments: plan.rollups, figures };
  }

  #figuresAt([bucket]: readonly unknown[]): RangeFigures {
    return this.#at(indexOfRange(this.ranges, Number(bucket) * HOUR_MS)).figures;
  }
}

/** A row without a name would be lost. */
function requireName(name: unknown): string {
  if (typeof name === 'string') return name;
  throw new TypeError('A row of aggregates is of a project or model that has no name');
}
