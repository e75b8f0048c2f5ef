import type { Usage } from '@usage-kit/server-sdk';
import { drawCall } from '../seed/draw-call.js';
import { integer, weighted } from '../seed/distributions.js';
import { Failures } from '../seed/failures.js';
import { loadProfiles, type DemoProject, type LoadProfile } from '../seed/profiles.js';
import { createRng, type Rng } from '../seed/rng.js';
import type { DemoClock } from './demo-clock.js';
import { wait } from './live-timer.js';

/** New calls that arrive while the demo runs. */
export interface LiveCalls {
  /** Lets no new call start, ends those that run, and resolves when all is written. */
  stop(): Promise<void>;
}

const PAUSE_MS = [3_000, 14_000] as const;

/**
 * Makes calls as an application does: `begin` when one starts, `succeed` or `fail` when it ends.
 * @param onError told of a call that could not be written; the next one is tried all the same
 */
export function startLiveCalls(
  usage: Usage,
  clock: DemoClock,
  onError: (error: unknown) => void,
): LiveCalls {
  const controller = new AbortController();
  const rng = createRng(`live/${clock.now()}`);
  const running = new Set<Promise<void>>();
  const loop = async () => {
    while (!controller.signal.aborted) {
      const call = makeCall(usage, clock, rng, controller.signal).catch(onError);
      running.add(call);
      void call.finally(() => running.delete(call));
      await wait(integer(rng, ...PAUSE_MS), controller.signal);
    }
  };
  const finished = loop();
  return {
    stop: async () => {
      controller.abort();
      await finished;
      await Promise.all(running);
    },
  };
}

async function makeCall(
  usage: Usage,
  clock: DemoClock,
  rng: Rng,
  signal: AbortSignal,
): Promise<void> {
  const profile = weighted(
    rng,
    loadProfiles.map((each) => [each, each.callsPerDay] as const),
  );
  const startedAtMs = clock.now();
  const drawn = drawCall(rng, new Failures('live'), {
    userDid: profile.userDid,
    project: drawProject(rng, profile),
    id: `live_${startedAtMs.toString(36)}${integer(rng, 0, 1295).toString(36)}`,
    startedAtMs,
    nowMs: Number.POSITIVE_INFINITY,
  });
  const { durationMs, ttfbMs, usage: units, credits, errorReason, status, ...start } = drawn;
  const call = await usage.calls.begin(start);
  await wait(durationMs ?? 0, signal);
  const end = { durationMs: clock.now() - startedAtMs, ttfbMs, usage: units, credits };
  if (signal.aborted) await call.fail('Cancelled: the demo was stopped', end);
  else if (status === 'failed') await call.fail(errorReason ?? 'Unknown', end);
  else await call.succeed(end);
}

function drawProject(rng: Rng, profile: LoadProfile): DemoProject {
  const inUse = profile.projects.filter((project) => project.lastDayAgo === 0);
  return weighted(
    rng,
    inUse.map((project) => [project, project.weight] as const),
  );
}
