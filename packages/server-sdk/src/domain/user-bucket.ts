import { CallFigures, figuresOf, sumFigures, type CountedCall } from './call-figures.js';
import type { InParts } from './in-parts.js';
import {
  ALL_MODELS,
  packIds,
  packModels,
  packProjects,
  readProjects,
  type PackedProject,
} from './packed-figures.js';
import { PackedWriter } from './packed-text.js';

/** Figures by the number of a model. */
export type ModelFigures = Map<number, CallFigures>;

/**
 * One user's calls of one bucket, by project and model. Everything else of the bucket is their sum, so its parts add up
 * to its whole by construction.
 */
export class UserBucket {
  readonly projects = new Map<number, ModelFigures>();

  addCall(projectId: number, modelId: number, call: CountedCall): void {
    figuresOf(this.modelsOf(projectId), modelId).addCall(call);
  }

  /** Adds a cell of projects by model, e.g. that of an hour. */
  addCell(text: string): void {
    readProjects(text, (projectId, lastMs) => {
      const models = this.modelsOf(projectId);
      return (modelId) => withNewest(figuresOf(models, modelId), lastMs);
    });
  }

  /** Adds a project's figures by model. */
  addModels(projectId: number, models: ReadonlyMap<number, CallFigures>): void {
    const whole = this.modelsOf(projectId);
    for (const [modelId, figures] of models) figuresOf(whole, modelId).add(figures);
  }

  /** Adds another bucket. */
  add(other: UserBucket): void {
    for (const [projectId, models] of other.projects) this.addModels(projectId, models);
  }

  modelsOf(projectId: number): ModelFigures {
    const known = this.projects.get(projectId);
    if (known) return known;
    const models: ModelFigures = new Map();
    this.projects.set(projectId, models);
    return models;
  }

  /** The sum of all; a part is a project. */
  *sum(): InParts<CallFigures> {
    const total = new CallFigures();
    for (const parts of this.projects.values()) {
      for (const figures of parts.values()) total.add(figures);
      yield;
    }
    return total;
  }

  /** Sums by model over all projects; a part is a project. */
  *sumByModel(): InParts<ModelFigures> {
    const models: ModelFigures = new Map();
    for (const parts of this.projects.values()) {
      for (const [modelId, figures] of parts) figuresOf(models, modelId).add(figures);
      yield;
    }
    return models;
  }

  /** Sums by project; a part is one. */
  *sumByProject(): InParts<Map<number, CallFigures>> {
    const projects = new Map<number, CallFigures>();
    for (const [projectId, parts] of this.projects) {
      projects.set(projectId, sumFigures(parts.values()));
      yield;
    }
    return projects;
  }
}

/** A row of `model_call_stats`. */
export interface UserRow {
  figures: CallFigures;
  /** `null` where the projects' cell is read instead. */
  models: string | null;
  appIds: string;
  projects: string;
}

/** A row of `model_call_project_stats`. */
export interface ProjectRow {
  projectId: number;
  lastStartedAtMs: number;
  models: string;
}

/** The rows of a user's bucket; a bucket without calls has none. */
export interface BucketRows {
  user: UserRow | null;
  projects: ProjectRow[];
}

/** A cell of projects that is no longer is read as fast as one of models, and is kept alone. */
const SHORT_CELL = 1500;

/** The one row of an hour: its projects are a cell by model. @param bucketMs start of the hour */
export function* hourRows(bucketMs: number, bucket: UserBucket): InParts<BucketRows> {
  const writer = new PackedWriter();
  const packed = new Map<number, PackedProject>();
  for (const [id, parts] of bucket.projects) {
    packed.set(id, { lastStartedAtMs: newestOf(parts.values(), bucketMs), models: parts });
  }
  const projects = yield* packProjects(bucketMs, packed, writer);
  const isShort = projects.length <= SHORT_CELL;
  const user = {
    figures: yield* bucket.sum(),
    models: isShort ? null : packModels(yield* bucket.sumByModel(), writer),
    appIds: packIds(packed.keys(), writer),
    projects,
  };
  return { user, projects: [] };
}

/** The rows of a day or month: all projects, whose cell is without models, and each project with its models. */
export function* coarseRows(bucketMs: number, bucket: UserBucket): InParts<BucketRows> {
  const writer = new PackedWriter();
  const projects = yield* bucket.sumByProject();
  const packed = new Map<number, PackedProject>();
  const rows: ProjectRow[] = [];
  for (const [projectId, figures] of projects) {
    const lastStartedAtMs = figures.lastStartedAtMs ?? bucketMs;
    packed.set(projectId, { lastStartedAtMs, models: new Map([[ALL_MODELS, figures]]) });
    const cell = packModels(bucket.modelsOf(projectId), writer);
    rows.push({ projectId, lastStartedAtMs, models: cell });
    yield;
  }
  const user = {
    figures: sumFigures(projects.values()),
    models: packModels(yield* bucket.sumByModel(), writer),
    appIds: packIds(packed.keys(), writer),
    projects: yield* packProjects(bucketMs, packed, writer),
  };
  return { user, projects: rows };
}

function newestOf(parts: Iterable<CallFigures>, otherwiseMs: number): number {
  let newestMs = otherwiseMs;
  for (const { lastStartedAtMs } of parts) newestMs = Math.max(newestMs, lastStartedAtMs ?? 0);
  return newestMs;
}

function withNewest(figures: CallFigures, startedAtMs: number): CallFigures {
  if (figures.lastStartedAtMs === null || startedAtMs > figures.lastStartedAtMs) {
    figures.lastStartedAtMs = startedAtMs;
  }
  return figures;
}
