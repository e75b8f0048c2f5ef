import type { AlertScope } from '../contract/alerts.js';
import { CallFigures, sumFigures } from '../aggregates/model/call-figures.js';
import type { FigureParts, RangeFigures } from '../aggregates/store/range-figures.js';
import type { UserSnapshot } from '../queries/user-snapshot.js';
import { modelKeyFromText } from '../values/model-key.js';

/** Calls of a scope since an instant. */
export interface FigureNeed {
  scope: AlertScope;
  /** Epoch ms. */
  fromMs: number;
}

/** Figures by need, see {@link readRuleFigures}. */
export type ReadNeed = (need: FigureNeed) => CallFigures;

/** Figures of so many projects are read one after the other; those of more, by one query of all projects. */
const MAX_SINGLE_PROJECTS = 8;

/**
 * Reads the figures of scopes from several instants up to another, each call once: ranges between the instants are read and
 * added up from the last to the first.
 *
 * @param needs of any number of rules; the same one may be repeated
 * @param untilMs end of all, epoch ms, exclusive
 * @throws StatementError when the database fails
 */
export async function readRuleFigures(
  snapshot: UserSnapshot,
  needs: readonly FigureNeed[],
  untilMs: number,
): Promise<ReadNeed> {
  const sums = new FigureSums();
  const projects = new Set(
    needs.flatMap(({ scope }) => (scope.kind === 'project' ? [scope.appDid] : [])),
  );
  const readsEach = projects.size <= MAX_SINGLE_PROJECTS;
  const ofAccount = needs.filter(({ scope }) => scope.kind !== 'project' || !readsEach);
  if (ofAccount.length > 0) {
    const parts = {
      total: ofAccount.some(({ scope }) => scope.kind === 'account'),
      models: ofAccount.some(({ scope }) => scope.kind === 'model'),
      projects: ofAccount.some(({ scope }) => scope.kind === 'project'),
    };
    await addSlices({ snapshot, sums, needs: ofAccount, untilMs }, null, parts);
  }
  for (const appDid of readsEach ? projects : []) {
    const ofProject = needs.filter(({ scope }) => isProject(scope, appDid));
    await addSlices({ snapshot, sums, needs: ofProject, untilMs }, appDid, { total: true });
  }
  return (need) => sums.get(need);
}

function isProject(scope: AlertScope, appDid: string): boolean {
  return scope.kind === 'project' && scope.appDid === appDid;
}

interface SliceRead {
  snapshot: UserSnapshot;
  sums: FigureSums;
  needs: readonly FigureNeed[];
  untilMs: number;
}

/** Reads the ranges between the starts of needs, and adds them up from the last one. */
async function addSlices(
  { snapshot, sums, needs, untilMs }: SliceRead,
  appDid: string | null,
  parts: FigureParts,
): Promise<void> {
  const starts = [...new Set(needs.map(({ fromMs }) => fromMs))]
    .filter((fromMs) => fromMs < untilMs)
    .sort((a, b) => a - b);
  const ranges = starts.map((fromMs, index) => ({
    fromMs,
    toMs: starts[index + 1] ?? untilMs,
    parts,
  }));
  const figures = await snapshot.figures(ranges, appDid);
  const byStart = new Map<number, FigureNeed[]>();
  for (const need of needs) {
    byStart.set(need.fromMs, [...(byStart.get(need.fromMs) ?? []), need]);
  }
  const sum = new RunningSums(appDid);
  for (let index = starts.length - 1; index >= 0; index -= 1) {
    const slice = figures[index];
    const fromMs = starts[index];
    if (slice === undefined || fromMs === undefined) continue;
    sum.add(slice);
    for (const need of byStart.get(fromMs) ?? []) sums.set(need, sum.get(need.scope));
  }
}

/** Sums of scopes from an instant on, which moves back. */
class RunningSums {
  readonly #byScope = new Map<string, CallFigures>();

  /** @param appDid the project that totals are of; `null`: all */
  constructor(readonly appDid: string | null) {}

  add(slice: RangeFigures): void {
    const { appDid } = this;
    this.#add(appDid === null ? { kind: 'account' } : { kind: 'project', appDid }, slice.total);
    for (const [key, figures] of slice.models) {
      this.#add({ kind: 'model', model: modelKeyFromText(key).model }, figures);
    }
    for (const [project, figures] of slice.projects) {
      this.#add({ kind: 'project', appDid: project }, figures);
    }
  }

  get(scope: AlertScope): CallFigures {
    return sumFigures([this.#byScope.get(toKey(scope)) ?? new CallFigures()]);
  }

  #add(scope: AlertScope, figures: CallFigures): void {
    const key = toKey(scope);
    const sum = this.#byScope.get(key) ?? new CallFigures();
    sum.add(figures);
    this.#byScope.set(key, sum);
  }
}

/** Figures by scope and start. */
class FigureSums {
  readonly #figures = new Map<string, CallFigures>();

  set({ scope, fromMs }: FigureNeed, figures: CallFigures): void {
    this.#figures.set(`${fromMs} ${toKey(scope)}`, figures);
  }

  /** Without calls for a scope that has none. */
  get({ scope, fromMs }: FigureNeed): CallFigures {
    return this.#figures.get(`${fromMs} ${toKey(scope)}`) ?? new CallFigures();
  }
}

function toKey(scope: AlertScope): string {
  if (scope.kind === 'account') return 'account';
  return scope.kind === 'project' ? `project ${scope.appDid}` : `model ${scope.model}`;
}
