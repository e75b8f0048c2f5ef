import type {
  Activity,
  ActivityCell,
  FailureItem,
  LatencyBar,
  ProjectFailures,
  ProjectLatency,
} from '@usage-kit/server-sdk/contract';
import { findWrongAdvice } from './check-advice.js';
import { dated, project, totals, type RareRoute } from './check-body.js';
import { count, instant, list, orNull, ratio, shape, text, within, type Check } from './checks.js';

const FIRST_STATUS = 100;
const LAST_STATUS = 599;

const CHECKS: Readonly<Record<RareRoute, Check>> = {
  advice: findWrongAdvice,
  activity: shape<Activity>({
    cells: list(shape<ActivityCell>({ weekday: within(1, 7), hour: within(0, 23), totals })),
    ...dated,
  }),
  projectLatency: shape<ProjectLatency>({
    project,
    bars: list(shape<LatencyBar>({ fromMs: count, toMs: count, calls: count })),
    p50DurationMs: orNull(count),
    p95DurationMs: orNull(count),
    p99DurationMs: orNull(count),
    averageDurationMs: orNull(count),
    durationSamples: count,
    ...dated,
  }),
  projectFailures: shape<ProjectFailures>({
    project,
    items: list(
      shape<FailureItem>({
        ...{ reason: text, calls: count, share: ratio, models: list(text), lastCallAt: instant },
        statusCode: orNull(within(FIRST_STATUS, LAST_STATUS)),
      }),
    ),
    ...{ failedCalls: count, unsortedCalls: count, sortedFrom: instant },
    ...dated,
  }),
};

/** Finds where the body of a route that not every page asks is wrong, as `findWrongField` does; loaded with the first of them. */
export function findWrongOther(route: RareRoute, body: unknown): string | null {
  return CHECKS[route](body);
}
