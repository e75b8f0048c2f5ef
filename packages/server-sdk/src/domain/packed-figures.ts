import type { CallFigures } from './call-figures.js';
import { codeOfDuration } from './duration-sketch.js';
import { addExact } from './exact-integer.js';
import { HOUR_MS } from './time.js';
import { PackedReader, packInteger, packNumber } from './packed-text.js';

/**
 * Figures of many models or projects in one text, a cell of `model_call_stats`. On skewed load an hour's row of a project
 * stands for two calls: a row each costs more to write and to read than the calls. Texts are concatenated by the
 * database and read in one pass; see docs/adr/0007-packed-parts.md.
 *
 * - **models**: `<model id><figures>` for each model.
 * - **projects**: `~<bucket>`, then for each project `|<project id><newest start, ms into the bucket>` and
 *   `<model id><figures>` for each of its models (hours), or once with the model id 0 for all (days and months).
 * - **ids**: `~`, then the first project id and the differences between the others, ascending.
 */

/** Stands for all models in a cell of projects. */
export const ALL_MODELS = 0;

const HAS_UNFINISHED = 1;
const HAS_UNTIMED = 2;
const FLAGS = 4;

/** Figures as text; without the newest start, which belongs to the project. */
export function packFigures(figures: CallFigures): string {
  const { calls, successfulCalls, failedCalls, durationSamples } = figures;
  const unsuccessful = calls - successfulCalls;
  const untimed = successfulCalls - durationSamples;
  const flags = (unsuccessful > 0 ? HAS_UNFINISHED : 0) + (untimed > 0 ? HAS_UNTIMED : 0);
  let text = packNumber(calls * FLAGS + flags);
  if (unsuccessful > 0) text += packNumber(failedCalls) + packNumber(unsuccessful - failedCalls);
  if (untimed > 0) text += packNumber(untimed);
  text +=
    packInteger(figures.inputTokens) +
    packInteger(figures.outputTokens) +
    packInteger(figures.totalTokens - figures.inputTokens - figures.outputTokens) +
    packInteger(figures.credits);
  if (durationSamples === 0) return text;
  text += packNumber(figures.durationUs);
  if (durationSamples === 1) return text;
  const minUs = figures.minDurationUs ?? 0;
  text += packNumber(minUs);
  if (durationSamples > 2) text += packNumber((figures.maxDurationUs ?? 0) - minUs);
  const durations = figures.durations.toText();
  return text + packNumber(durations.length) + durations;
}

/** Adds the next figures of a text to `whole`. @throws TypeError on other text */
export function addPackedFigures(reader: PackedReader, whole: CallFigures): void {
  const head = reader.readNumber();
  const flags = head % FLAGS;
  const calls = (head - flags) / FLAGS;
  let successful = calls;
  if (flags & HAS_UNFINISHED) {
    const failed = reader.readNumber();
    whole.failedCalls += failed;
    successful -= failed + reader.readNumber();
  }
  const samples = flags & HAS_UNTIMED ? successful - reader.readNumber() : successful;
  whole.calls += calls;
  whole.successfulCalls += successful;
  const input = Number(reader.readInteger());
  const output = Number(reader.readInteger());
  whole.inputTokens += input;
  whole.outputTokens += output;
  whole.totalTokens += input + output + Number(reader.readInteger());
  whole.credits = addExact(whole.credits, reader.readInteger());
  if (samples > 0) addPackedDurations(reader, whole, samples);
}

function addPackedDurations(reader: PackedReader, whole: CallFigures, samples: number): void {
  const sumUs = reader.readNumber();
  let minUs = sumUs;
  let maxUs = sumUs;
  if (samples === 1) {
    whole.durations.addText(codeOfDuration(sumUs));
  } else {
    minUs = reader.readNumber();
    maxUs = samples === 2 ? sumUs - minUs : minUs + reader.readNumber();
    whole.durations.addText(reader.readText(reader.readNumber()));
  }
  whole.durationUs += sumUs;
  whole.durationSamples += samples;
  if (whole.minDurationUs === null || minUs < whole.minDurationUs) whole.minDurationUs = minUs;
  if (whole.maxDurationUs === null || maxUs > whole.maxDurationUs) whole.maxDurationUs = maxUs;
}

/** A cell of models. */
export function packModels(models: ReadonlyMap<number, CallFigures>): string {
  let text = '';
  for (const id of ascending(models.keys())) {
    const figures = models.get(id);
    if (figures) text += packNumber(id) + packFigures(figures);
  }
  return text;
}

/** Adds cells of models, concatenated: `figuresOf` gives what to add a model's to. */
export function readModels(text: string, figuresOf: (modelId: number) => CallFigures): void {
  const reader = new PackedReader(text);
  while (!reader.atEnd) addPackedFigures(reader, figuresOf(reader.readNumber()));
}

/** One project in a cell of projects. */
export interface PackedProject {
  lastStartedAtMs: number;
  /** By model, or {@link ALL_MODELS} alone. */
  models: ReadonlyMap<number, CallFigures>;
}

/** A cell of projects. @param bucketMs start of the bucket */
export function packProjects(
  bucketMs: number,
  projects: ReadonlyMap<number, PackedProject>,
): string {
  let text = `~${packNumber(bucketMs / HOUR_MS)}`;
  for (const id of ascending(projects.keys())) {
    const project = projects.get(id);
    if (!project) continue;
    text += projectMark(id) + packNumber(project.lastStartedAtMs - bucketMs);
    text += packModels(project.models);
  }
  return text;
}

/** What begins a project's part of a cell; no other project's begins so. */
export function projectMark(projectId: number): string {
  return `|${packNumber(projectId)}`;
}

/**
 * Adds cells of projects, concatenated.
 *
 * @param visit is given each project of each cell and says what to add a model's figures to
 */
export function readProjects(
  text: string,
  visit: (projectId: number, lastStartedAtMs: number) => (modelId: number) => CallFigures,
): void {
  const reader = new PackedReader(text);
  let bucketMs = 0;
  while (!reader.atEnd) {
    if (reader.skip('~')) {
      bucketMs = reader.readNumber() * HOUR_MS;
      continue;
    }
    if (!reader.skip('|')) throw new TypeError('Not a cell of projects');
    const projectId = reader.readNumber();
    readPart(reader, visit(projectId, bucketMs + reader.readNumber()));
  }
}

/** Adds one project's part of a cell, from after its mark on. @returns its newest start, ms into the bucket */
export function readProjectPart(text: string, figuresOf: (modelId: number) => CallFigures): number {
  const reader = new PackedReader(text);
  const lastMs = reader.readNumber();
  readPart(reader, figuresOf);
  return lastMs;
}

function readPart(reader: PackedReader, figuresOf: (modelId: number) => CallFigures): void {
  while (reader.atNumber) addPackedFigures(reader, figuresOf(reader.readNumber()));
}

/** A cell of ids. */
export function packIds(ids: Iterable<number>): string {
  let text = '~';
  let before = 0;
  for (const id of ascending(ids)) {
    text += packNumber(id - before);
    before = id;
  }
  return text;
}

/** Adds cells of ids, concatenated, to a set. @throws TypeError on other text */
export function readIds(text: string, into: Set<number>): void {
  const reader = new PackedReader(text);
  let id = 0;
  while (!reader.atEnd) {
    if (reader.skip('~')) id = 0;
    else {
      id += reader.readNumber();
      into.add(id);
    }
  }
}

function ascending(ids: Iterable<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}
