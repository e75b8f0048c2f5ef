import type { ModelCallInput } from '@usage-kit/server-sdk/contract';
import { drawCall } from './draw-call.js';
import { Failures } from './failures.js';
import type { LoadSpec } from './generate-calls.js';
import { createRng } from './rng.js';

const BUSY_USER_CALLS_PER_DAY = 500;
/** How long ago the calls that are running started, milliseconds, and by how much-used a project. */
const IN_FLIGHT = [
  [4_200, 0],
  [9_800, 1],
  [16_500, 0],
  [27_000, 3],
] as const;

/**
 * A few calls of a busy user that are running at `atMs`, so that there is always one to see.
 *
 * Generated again with a later `spec.nowMs`, the same calls have ended.
 */
export function* generateInFlight(spec: LoadSpec, atMs: number): Generator<ModelCallInput> {
  const { seed, profile } = spec;
  if (profile.callsPerDay < BUSY_USER_CALLS_PER_DAY) return;
  const failures = new Failures(seed);
  for (const [index, [elapsedMs, place]] of IN_FLIGHT.entries()) {
    const project = profile.projects[place];
    if (!project) continue;
    const startedAtMs = atMs - elapsedMs;
    // Most calls are over sooner: take the first that is not.
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const key = `${seed}/in-flight/${atMs}/${index}/${attempt}`;
      const draw = (nowMs: number) =>
        drawCall(createRng(key), failures, {
          userDid: profile.userDid,
          project,
          id: `call_${startedAtMs.toString(36)}i${index}`,
          startedAtMs,
          nowMs,
        });
      if (draw(atMs).status !== 'processing') continue;
      yield draw(spec.nowMs);
      break;
    }
  }
}
