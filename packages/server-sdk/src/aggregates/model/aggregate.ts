import { CallFigures, type CountedCall } from './call-figures.js';

/** What an aggregate is the sum of: all calls of a user, or those of a model, a project, or a model within a project. */
export type Scope = 'user' | 'model' | 'project' | 'projectModel';

/** The figures of one scope of a bucket. Ids are those of the user's projects and models; 0 means all. */
export interface Aggregate {
  scope: Scope;
  appId: number;
  modelId: number;
  figures: CallFigures;
}

/** More than a user has models. */
const MODELS = 2 ** 24;

/** One user's calls of an hour, day or month, summed for each scope that is stored of it. */
export class AggregateBucket {
  readonly #user = new CallFigures();
  readonly #models = new Map<number, CallFigures>();
  readonly #projects = new Map<number, CallFigures>();
  readonly #projectModels: Map<number, CallFigures> | null;

  /** @param hasProjectModels whether models within projects are summed, too */
  constructor(hasProjectModels: boolean) {
    this.#projectModels = hasProjectModels ? new Map() : null;
  }

  get calls(): number {
    return this.#user.calls;
  }

  /** The sum of all scopes' whole: the largest figures of the bucket. */
  get user(): CallFigures {
    return this.#user;
  }

  /** Counts a call. */
  addCall(appId: number, modelId: number, call: CountedCall): void {
    this.#user.addCall(call);
    this.#figures('model', 0, modelId).addCall(call);
    this.#figures('project', appId, 0).addCall(call);
    if (this.#projectModels) this.#figures('projectModel', appId, modelId).addCall(call);
  }

  /** Adds figures of a scope, e.g. those of an hour to its day; a scope that is not summed is ignored. */
  add({ scope, appId, modelId, figures }: Aggregate): void {
    if (scope === 'projectModel' && !this.#projectModels) return;
    this.#figures(scope, appId, modelId).add(figures);
  }

  /** Adds another bucket. */
  addBucket(other: AggregateBucket): void {
    for (const aggregate of other) this.add(aggregate);
  }

  /** Its aggregates in the order of the primary key; none of a bucket without calls. */
  *[Symbol.iterator](): Generator<Aggregate, void, undefined> {
    if (this.#user.calls === 0) return;
    yield { scope: 'user', appId: 0, modelId: 0, figures: this.#user };
    for (const [modelId, figures] of ascending(this.#models)) {
      yield { scope: 'model', appId: 0, modelId, figures };
    }
    for (const [appId, figures] of ascending(this.#projects)) {
      yield { scope: 'project', appId, modelId: 0, figures };
    }
    for (const [key, figures] of ascending(this.#projectModels ?? new Map<number, CallFigures>())) {
      const appId = Math.floor(key / MODELS);
      yield { scope: 'projectModel', appId, modelId: key % MODELS, figures };
    }
  }

  #figures(scope: Scope, appId: number, modelId: number): CallFigures {
    switch (scope) {
      case 'user':
        return this.#user;
      case 'model':
        return getFigures(this.#models, modelId);
      case 'project':
        return getFigures(this.#projects, appId);
      case 'projectModel':
        return getFigures(
          this.#projectModels ?? new Map<number, CallFigures>(),
          appId * MODELS + modelId,
        );
    }
  }
}

function getFigures(groups: Map<number, CallFigures>, key: number): CallFigures {
  let figures = groups.get(key);
  if (!figures) {
    figures = new CallFigures();
    groups.set(key, figures);
  }
  return figures;
}

function ascending(groups: Map<number, CallFigures>): [number, CallFigures][] {
  return [...groups].sort(([a], [b]) => a - b);
}
