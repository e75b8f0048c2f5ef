import type { CallType } from '../../contract/common.js';
import { getOrAddFigures, sumFigures, type CallFigures } from '../model/call-figures.js';
import { ModelKeyTexts, toCallType } from '../../values/model-key.js';
import {
  planProjectModels,
  planRange,
  joinRanges,
  alignToArchive,
  type RangePlan,
  type RollupProgress,
  type RollupSegment,
} from '../model/range-plan.js';
import { HOUR_MS } from '../../values/time.js';
import { visitCalls } from './call-rows.js';
import {
  addCall,
  createRangeFigures,
  findRangeIndex,
  type FigureParts,
  type FigureQuery,
  type FigureRange,
  type RangeFigures,
} from './range-figures.js';
import { toFigures } from './aggregate-columns.js';
import {
  readActiveProjects,
  readModelRows,
  readProjectRows,
  readTotalRows,
  type RowQuery,
  type RowShape,
} from './figure-rows.js';
import type { JsonRow, JsonValue } from '../../db/executor.js';
import type { Transaction } from '../../db/transaction.js';

/** The project of a query, as aggregates name it. */
export interface ProjectId {
  /** Short id of the project; `null` for all projects, and for one without aggregates. */
  appId: number | null;
}

/**
 * Adds up the calls of one user over ranges: aggregates where they are up to date, calls elsewhere. All reads must see one
 * state of the database, see `Database.snapshot`.
 *
 * @param progress which aggregates are up to date, read in the same transaction
 * @throws TypeError when an aggregate has no name, or its sketch is damaged
 * @throws StatementError when the database fails
 */
export async function readFigures(
  transaction: Transaction,
  userDid: string,
  progress: RollupProgress,
  query: FigureQuery & ProjectId,
): Promise<RangeFigures[]> {
  const { appDid, appId } = query;
  const ranges = query.ranges.map((range) => planFigures(range, appDid, progress));
  // A project without an id has no aggregates.
  if (appDid === null || appId !== null) {
    await new AggregateReader(transaction, userDid, appId, ranges).addAll();
  }
  const selection = {
    appDid,
    ranges: joinRanges(ranges.flatMap(({ plan }) => plan.raw)),
    hasNames: ranges.some(({ parts }) => hasNames(parts)),
  };
  await visitCalls(transaction, userDid, selection, (call) => {
    const range = ranges[findRangeIndex(ranges, call.startedAtMs)];
    if (range) addCall(range.figures, range.parts, call);
  });
  return ranges.map(({ figures }) => figures);
}

/** A range, what it is read from, and what was read of it. */
interface PlannedRange extends FigureRange {
  plan: RangePlan;
  figures: RangeFigures;
}

function planFigures(
  range: FigureRange,
  appDid: string | null,
  progress: RollupProgress,
): PlannedRange {
  const aligned = alignToArchive(range, progress);
  const { models, types } = range.parts;
  const plan = appDid !== null && (models || types) ? planProjectModels : planRange;
  return { ...aligned, plan: plan(aligned, progress), figures: createRangeFigures() };
}

function hasNames({ models, types, projects, activeProjects }: FigureParts): boolean {
  return [models, types, projects, activeProjects].includes(true);
}

const modelKeys = new ModelKeyTexts();

/** An aggregate of a model. */
interface ModelFigures {
  row: JsonRow;
  key: string;
  type: CallType;
  figures: CallFigures;
}

/** Adds aggregates to the figures of their ranges. */
class AggregateReader {
  constructor(
    readonly transaction: Transaction,
    readonly userDid: string,
    readonly appId: number | null,
    readonly ranges: readonly PlannedRange[],
  ) {}

  async addAll(): Promise<void> {
    await this.#addTotals();
    await this.#addModels();
    for (const range of this.ranges) await this.#addTypes(range);
    if (this.appId !== null) return;
    await this.#addProjects();
    for (const range of this.ranges) await this.#addActiveProjects(range);
  }

  async #addTotals(): Promise<void> {
    const query = this.#toQuery(this.#select('total').segments);
    for (const row of await readTotalRows(this.transaction, this.userDid, query)) {
      this.#figuresAt(row).total.add(toFigures(row));
    }
  }

  async #addModels(): Promise<void> {
    const { segments, isSummed } = this.#select('models');
    for (const { row, key, figures } of await this.#readModels(segments, { isSummed })) {
      getOrAddFigures(this.#figuresAt(row).models, key).add(figures);
    }
  }

  /** Reads no sketches, which are a megabyte for many models, where all models are of one type: its figures are the total. */
  async #addTypes({ parts, plan, figures: of }: PlannedRange): Promise<void> {
    if (!parts.types) return;
    const shape = { isSummed: true, hasSketches: false };
    const models = await this.#readModels(plan.rollups, shape);
    for (const { key } of models) of.activeModels.add(key);
    const [type, ...others] = new Set(models.map((model) => model.type));
    if (type === undefined) return;
    if (others.length === 0 && parts.total) {
      of.types.set(type, sumFigures([of.total]));
      return;
    }
    for (const model of await this.#readModels(plan.rollups, { isSummed: true })) {
      getOrAddFigures(of.types, model.type).add(model.figures);
    }
  }

  async #readModels(segments: readonly RollupSegment[], shape: RowShape): Promise<ModelFigures[]> {
    const query = this.#toQuery(segments);
    const rows = await readModelRows(this.transaction, this.userDid, query, shape);
    return rows.map((row) => {
      const type = toCallType(String(row.get('type')));
      const name = requireName(row.get('model'));
      const key = modelKeys.getText(requireName(row.get('provider')), name, type);
      return { row, key, type, figures: toFigures(row) };
    });
  }

  async #addProjects(): Promise<void> {
    const { segments, isSummed } = this.#select('projects');
    const shape = { isSummed };
    for (const row of await readProjectRows(this.transaction, this.userDid, segments, shape)) {
      const appDid = requireName(row.get('app_did'));
      getOrAddFigures(this.#figuresAt(row).projects, appDid).add(toFigures(row));
    }
  }

  async #addActiveProjects({ parts, plan, figures }: PlannedRange): Promise<void> {
    if (!parts.activeProjects) return;
    for (const row of await readActiveProjects(this.transaction, this.userDid, plan.rollups)) {
      figures.activeProjects.add(requireName(row.get('app_did')));
    }
  }

  /** Segments of the ranges with a selected part. The database can add up the aggregates of a single range. */
  #select(part: keyof FigureParts): { segments: RollupSegment[]; isSummed: boolean } {
    const selected = this.ranges.filter(({ parts }) => parts[part]);
    return {
      segments: selected.flatMap(({ plan }) => plan.rollups),
      isSummed: selected.length === 1,
    };
  }

  #toQuery(segments: readonly RollupSegment[]): RowQuery {
    return { appIds: this.appId === null ? null : [this.appId], segments };
  }

  #figuresAt(row: JsonRow): RangeFigures {
    const range = this.ranges[findRangeIndex(this.ranges, Number(row.get('bucket')) * HOUR_MS)];
    if (!range) throw new RangeError('An aggregate is in no range');
    return range.figures;
  }
}

/** @throws TypeError when an aggregate is of a project or model that the dictionary does not have */
function requireName(name: JsonValue): string {
  if (typeof name === 'string') return name;
  throw new TypeError('An aggregate is of a project or model that has no name');
}
