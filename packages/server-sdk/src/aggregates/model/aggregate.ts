import { CallFigures, getOrAddFigures, type CountedCall } from './call-figures.js';

/** The calls that an aggregate is the sum of: all of a user, or those of a model, a project, or a model within a project. */
export type Scope = 'user' | 'model' | 'project' | 'projectModel';

/** The figures of one scope of a bucket. Ids are those of the user's projects and models; 0 means all. */
export interface Aggregate {
  scope: Scope;
  appId: number;
  modelId: number;
  figures: CallFigures;
}

/** The scope and ids of an aggregate as text, unique within a bucket. */
export function toScopeKey({ scope, appId, modelId }: Aggregate): string {
  return `${scope} ${appId} ${modelId}`;
}

/** Exceeds the number of models of any user. */
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

  /** The figures of the scope `user`: the largest of the bucket. */
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

  /** The aggregates in the order of the primary key; none of a bucket without calls. */
  *[Symbol.iterator](): Generator<Aggregate, void, undefined> {
    if (this.#user.calls === 0) return;
    yield { scope: 'user', appId: 0, modelId: 0, figures: this.#user };
    for (const [modelId, figures] of sortByKey(this.#models)) {
      yield { scope: 'model', appId: 0, modelId, figures };
    }
    for (const [appId, figures] of sortByKey(this.#projects)) {
      yield { scope: 'project', appId, modelId: 0, figures };
    }
    for (const [key, figures] of sortByKey(this.#projectModels ?? new Map<number, CallFigures>())) {
      const appId = Math.floor(key / MODELS);
      yield { scope: 'projectModel', appId, modelId: key % MODELS, figures };
    }
  }

  #figures(scope: Scope, appId: number, modelId: number): CallFigures {
    switch (scope) {
      case 'user':
        return this.#user;
      case 'model':
        return getOrAddFigures(this.#models, modelId);
      case 'project':
        return getOrAddFigures(this.#projects, appId);
      case 'projectModel':
        return getOrAddFigures(
          this.#projectModels ?? new Map<number, CallFigures>(),
          appId * MODELS + modelId,
        );
    }
  }
}

/** The bucket that starts at an instant, epoch ms; adds an empty one where there is none. */
export function getOrAddBucket(
  buckets: Map<number, AggregateBucket>,
  bucketMs: number,
  hasProjectModels: boolean,
): AggregateBucket {
  const known = buckets.get(bucketMs);
  if (known) return known;
  const bucket = new AggregateBucket(hasProjectModels);
  buckets.set(bucketMs, bucket);
  return bucket;
}

function sortByKey(groups: Map<number, CallFigures>): [number, CallFigures][] {
  return [...groups].sort(([a], [b]) => a - b);
}
