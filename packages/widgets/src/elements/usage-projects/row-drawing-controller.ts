import type { Projects, ProjectSort, SparklineMetric } from '@usage-kit/server-sdk/contract';
import { nothing, type ReactiveController } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { RowDrawings } from './project-columns.js';
import type { RowDrawing } from './row-drawing.js';
import { importPart } from '../../utils/import-part.js';

/** The figures that add up: of these there are lines and shares. */
const SUMS: readonly SparklineMetric[] = ['calls', 'tokens', 'credits', 'cost'];

/** The figure over time that rows show: the one that is sorted by, if it adds up, else calls. */
export function toSparklineMetric(sort: ProjectSort): SparklineMetric {
  return SUMS.find((metric) => metric === sort) ?? 'calls';
}

/** Loads with the first projects what draws lines and bars in their rows; the space of the lines is there from the start. */
export class RowDrawingController implements ReactiveController {
  readonly #host: UsageElement;
  readonly #getList: () => Projects | undefined;
  #drawing: RowDrawing | null = null;
  #isLoading = false;

  constructor(host: UsageElement, getList: () => Projects | undefined) {
    this.#host = host;
    this.#getList = getList;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.#isLoading && this.#getList() !== undefined) this.#load();
  }

  /** What the rows of a list that is sorted like this have besides their figures; nothing until it is loaded. */
  toDrawings(sort: ProjectSort): RowDrawings {
    const [list, drawing] = [this.#getList(), this.#drawing];
    const metric = toSparklineMetric(sort);
    if (list === undefined || drawing === null) {
      return { title: '', renderSparkline: () => nothing, renderShare: () => nothing };
    }
    return {
      title: drawing.describe(metric),
      renderSparkline: ({ item }) => drawing.renderSparkline(item, list),
      renderShare: ({ item }, column) =>
        column === sort && column === metric ? drawing.renderShare(item, list, metric) : nothing,
    };
  }

  /** What cannot be loaded stays away: rows have their figures. */
  #load(): void {
    this.#isLoading = true;
    importPart(() => import('./row-drawing.js')).then(
      ({ RowDrawing }) => {
        this.#drawing = new RowDrawing(this.#host);
        this.#host.requestUpdate();
      },
      () => undefined,
    );
  }
}
