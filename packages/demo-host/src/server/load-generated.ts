import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Usage } from '@usage-kit/server-sdk';
import type { ModelCallInput } from '@usage-kit/server-sdk/contract';
import { generateCalls, type LoadSpec } from '../seed/generate-calls.js';
import { generateInFlight } from '../seed/generate-in-flight.js';
import { loadProfiles } from '../seed/profiles.js';
import { Progress } from './console.js';
import { DEMO_SEED, LOAD_DAYS } from './demo-options.js';

const DAY_MS = 86_400_000;
/** Longer than any call lasts: what was running when the demo stopped has started since then. */
const MAX_CALL_MS = 15 * 60_000;
/** One transaction each: large enough to be fast, small enough for a progress that moves. */
const BATCH_SIZE = 1000;
const STATE_FILE = 'generated-load.json';

/** Which part of the load a database has; a JSON file next to the database. */
interface LoadState {
  seed: string;
  /** The moment the first load was generated for. */
  anchorMs: number;
  /** Everything that started before is in the database. */
  loadedThroughMs: number;
}

/** The moment that a database's load counts back from: the first start, which this may be. */
export function readAnchorMs(directory: string, nowMs: number): number {
  return readState(join(directory, STATE_FILE), nowMs).anchorMs;
}

/**
 * Brings the generated load up to `nowMs`: ninety days at the first start, what is missing since at every later one.
 *
 * Interrupted at any point it starts over and changes nothing twice, because every call has a unique id.
 */
export async function loadGenerated(usage: Usage, directory: string, nowMs: number): Promise<void> {
  const path = join(directory, STATE_FILE);
  const state = readState(path, nowMs);
  const isFirst = state.loadedThroughMs < state.anchorMs;
  const progress = new Progress(isFirst ? 'Loading calls ' : 'Catching up   ');
  let count = 0;
  for (const [batch, ratio] of inBatches(callsSince(state, nowMs), state, nowMs)) {
    await usage.calls.record(batch);
    count += batch.length;
    progress.update(ratio, `${count.toLocaleString('en')} calls`);
  }
  progress.finish(`${count.toLocaleString('en')} calls${isFirst ? '' : ' since the last time'}`);
  writeState(path, { ...state, loadedThroughMs: nowMs });
}

function* callsSince(state: LoadState, nowMs: number): Generator<ModelCallInput> {
  const { seed, anchorMs, loadedThroughMs } = state;
  const fromMs = loadedThroughMs < anchorMs ? loadedThroughMs : loadedThroughMs - MAX_CALL_MS;
  for (const profile of loadProfiles) {
    const spec: LoadSpec = { seed, profile, anchorMs, fromMs, toMs: nowMs, nowMs };
    yield* generateCalls(spec);
    // Calls that were running at the last start have ended by now; new ones run now.
    if (loadedThroughMs >= anchorMs) yield* generateInFlight(spec, loadedThroughMs);
    yield* generateInFlight(spec, nowMs);
  }
}

function* inBatches(
  calls: Iterable<ModelCallInput>,
  state: LoadState,
  nowMs: number,
): Generator<[ModelCallInput[], number]> {
  const spanMs = Math.max(1, nowMs - state.loadedThroughMs);
  let batch: ModelCallInput[] = [];
  const computeRatio = (call: ModelCallInput | undefined) =>
    Math.min(1, Math.max(0, (Number(call?.startedAt) - state.loadedThroughMs) / spanMs));
  for (const call of calls) {
    batch.push(call);
    if (batch.length < BATCH_SIZE) continue;
    yield [batch, computeRatio(batch.at(-1))];
    batch = [];
  }
  if (batch.length > 0) yield [batch, 1];
}

function readState(path: string, nowMs: number): LoadState {
  if (!existsSync(path)) {
    const fresh = { seed: DEMO_SEED, anchorMs: nowMs, loadedThroughMs: nowMs - LOAD_DAYS * DAY_MS };
    // Written before the first call, so that a load that is broken off goes on with the same calls.
    writeState(path, fresh);
    return fresh;
  }
  return JSON.parse(readFileSync(path, 'utf8')) as LoadState;
}

/** Replaces the file whole: a crash leaves the old one. */
function writeState(path: string, state: LoadState): void {
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
}
