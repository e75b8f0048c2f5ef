import type { CallFigures } from './call-figures.js';
import { addExact, type ExactInteger } from './exact-integer.js';
import { HOUR_MS } from './time.js';
import { PackedReader, PackedWriter, packNumber } from './packed-text.js';
import { SOME_UNKNOWN, addUnknown, readUnknown, writeUnknown } from './packed-unknown.js';

/**
 * Figures of many models or projects in one text, a cell of `model_call_stats`. On skewed load an hour's row of a project
 * stands for two calls: a row each costs more to write and to read than the calls. Texts are concatenated by the
 * database and read in one pass; see docs/adr/0007-packed-parts.md.
 *
 * - **models**: `<model id><figures>` for each model.
 * - **projects**: `~<bucket>`, then for each project `|<project id><newest start, ms into the bucket>` and
 *   `<model id><figures>` for each of its models (hours), or once with the model id 0 for all (days and months).
 * - **ids**: `~`, then the first project id and the differences between the others, ascending.
 *
 * Figures begin with 0 and six numbers where tokens or credits of some calls are not known: by how much the calls with known
 * input, output and total tokens and with known credits are fewer than the calls, then `unknownTokenCalls` and
 * `unknownCreditCalls`. No other figures begin with 0, because they are of one call at least.
 */

/** Stands for all models in a cell of projects. */
export const ALL_MODELS = 0;

/** Not all calls were successful. */
const UNSUCCESSFUL = 1;
/** Something that is rare: calls without a duration, tokens beyond input and output, numbers that are large or negative. */
const UNUSUAL = 2;
const FLAGS = 4;
const LARGEST_USUAL = 2 ** 50;
/** Of so few durations each is known from sum, minimum and maximum. */
const SAMPLES_WITHOUT_SKETCH = 3;

/** Writes figures; without the newest start, which belongs to the project. */
function writeFigures(figures: CallFigures, writer: PackedWriter): void {
  const { calls, successfulCalls, failedCalls, durationSamples } = figures;
  const unsuccessful = calls - successfulCalls;
  const flags = (unsuccessful > 0 ? UNSUCCESSFUL : 0) + (isUsual(figures) ? 0 : UNUSUAL);
  writeUnknown(figures, writer);
  writer.writeNumber(calls * FLAGS + flags);
  if (unsuccessful > 0) {
    writer.writeNumber(failedCalls);
    writer.writeNumber(unsuccessful - failedCalls);
  }
  if (flags & UNUSUAL) writeUnusualSums(figures, writer);
  else writeUsualSums(figures, writer);
  if (durationSamples > 0) writeDurations(figures, writer);
}

function isUsual({
  durationSamples,
  successfulCalls,
  inputTokens,
  outputTokens,
  totalTokens,
  credits,
}: CallFigures): boolean {
  return (
    durationSamples === successfulCalls &&
    totalTokens === inputTokens + outputTokens &&
    isUsualNumber(inputTokens) &&
    isUsualNumber(outputTokens) &&
    isUsualNumber(credits)
  );
}

const isUsualNumber = (value: ExactInteger): boolean => value >= 0 && value <= LARGEST_USUAL;

function writeUsualSums(
  { inputTokens, outputTokens, credits }: CallFigures,
  writer: PackedWriter,
): void {
  writer.writeNumber(inputTokens);
  writer.writeNumber(outputTokens);
  writer.writeNumber(Number(credits));
}

function writeUnusualSums(figures: CallFigures, writer: PackedWriter): void {
  writer.writeNumber(figures.successfulCalls - figures.durationSamples);
  writer.writeInteger(figures.inputTokens);
  writer.writeInteger(figures.outputTokens);
  writer.writeInteger(figures.totalTokens - figures.inputTokens - figures.outputTokens);
  writer.writeInteger(figures.credits);
}

function writeDurations(
  { durationSamples, durationUs, minDurationUs, maxDurationUs, durations }: CallFigures,
  writer: PackedWriter,
): void {
  writer.writeNumber(durationUs);
  if (durationSamples === 1) return;
  const minUs = minDurationUs ?? 0;
  writer.writeNumber(minUs);
  if (durationSamples > 2) writer.writeNumber((maxDurationUs ?? 0) - minUs);
  if (durationSamples <= SAMPLES_WITHOUT_SKETCH) return;
  const sketch = durations.toText();
  writer.writeNumber(sketch.length);
  writer.writeText(sketch);
}

/** Adds the next figures of a text to `whole`. @throws TypeError on other text */
export function addPackedFigures(reader: PackedReader, whole: CallFigures): void {
  const first = reader.readNumber();
  const unknown = first === SOME_UNKNOWN ? readUnknown(reader) : null;
  const head = first === SOME_UNKNOWN ? reader.readNumber() : first;
  const flags = head % FLAGS;
  const calls = (head - flags) / FLAGS;
  let successful = calls;
  if (flags & UNSUCCESSFUL) {
    const failed = reader.readNumber();
    whole.failedCalls += failed;
    successful -= failed + reader.readNumber();
  }
  const isUnusual = (flags & UNUSUAL) !== 0;
  const samples = isUnusual ? successful - reader.readNumber() : successful;
  const read = (): number => (isUnusual ? Number(reader.readInteger()) : reader.readNumber());
  whole.calls += calls;
  whole.successfulCalls += successful;
  addUnknown(whole, calls, unknown);
  const input = read();
  const output = read();
  whole.inputTokens += input;
  whole.outputTokens += output;
  whole.totalTokens += input + output + (isUnusual ? read() : 0);
  const credits = isUnusual ? reader.readInteger() : reader.readNumber();
  whole.credits = addExact(whole.credits, credits);
  if (samples > 0) addPackedDurations(reader, whole, samples);
}

function addPackedDurations(reader: PackedReader, whole: CallFigures, samples: number): void {
  const sumUs = reader.readNumber();
  const minUs = samples === 1 ? sumUs : reader.readNumber();
  const maxUs = maximumOf(reader, samples, sumUs, minUs);
  if (samples > SAMPLES_WITHOUT_SKETCH) {
    whole.durations.addText(reader.readText(reader.readNumber()));
  } else {
    whole.durations.add(minUs);
    if (samples > 1) whole.durations.add(maxUs);
    if (samples > 2) whole.durations.add(sumUs - minUs - maxUs);
  }
  whole.durationUs += sumUs;
  whole.durationSamples += samples;
  if (whole.minDurationUs === null || minUs < whole.minDurationUs) whole.minDurationUs = minUs;
  if (whole.maxDurationUs === null || maxUs > whole.maxDurationUs) whole.maxDurationUs = maxUs;
}

function maximumOf(reader: PackedReader, samples: number, sumUs: number, minUs: number): number {
  if (samples === 1) return minUs;
  return samples === 2 ? sumUs - minUs : minUs + reader.readNumber();
}

/** A cell of models. */
export function packModels(models: ReadonlyMap<number, CallFigures>, writer: PackedWriter): string {
  writeModels(models, writer);
  return writer.take();
}

function writeModels(models: ReadonlyMap<number, CallFigures>, writer: PackedWriter): void {
  for (const id of ascending(models.keys())) {
    const figures = models.get(id);
    if (!figures) continue;
    writer.writeNumber(id);
    writeFigures(figures, writer);
  }
}

/**
 * Adds cells of models, concatenated: `figuresOf` gives what to add a model's to. A cell of projects by model is taken too.
 */
export function readModels(text: string, figuresOf: (modelId: number) => CallFigures): void {
  if (text.startsWith('~')) {
    readProjects(text, () => figuresOf);
    return;
  }
  const reader = new PackedReader(text);
  while (!reader.atEnd) addPackedFigures(reader, figuresOf(reader.readNumber()));
}

/** Writes a cell of projects, one of them after the other. */
export class ProjectsWriter {
  readonly #writer = new PackedWriter();
  readonly #bucketMs: number;

  /** @param bucketMs start of the bucket */
  constructor(bucketMs: number) {
    this.#bucketMs = bucketMs;
    this.#writer.writeText('~');
    this.#writer.writeNumber(bucketMs / HOUR_MS);
  }

  /**
   * Adds a project.
   *
   * @param projectId larger than those before
   * @param lastStartedAtMs its newest start, epoch ms
   * @param models figures by model, or by {@link ALL_MODELS} alone
   */
  add(projectId: number, lastStartedAtMs: number, models: ReadonlyMap<number, CallFigures>): void {
    this.#writer.writeText('|');
    this.#writer.writeNumber(projectId);
    this.#writer.writeNumber(lastStartedAtMs - this.#bucketMs);
    writeModels(models, this.#writer);
  }

  /** The cell. */
  take(): string {
    return this.#writer.take();
  }
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
  for (const cursor = new ProjectsCursor(text); !cursor.atEnd; cursor.next()) {
    cursor.read(visit(cursor.projectId, cursor.lastStartedAtMs));
  }
}

/** Goes through cells of projects, concatenated, from one project to the next. @throws TypeError on other text */
export class ProjectsCursor {
  readonly #reader: PackedReader;
  #bucketMs = 0;
  atEnd = false;
  projectId = 0;
  lastStartedAtMs = 0;

  constructor(text: string) {
    this.#reader = new PackedReader(text);
    this.next();
  }

  /** Goes to the next project; the one before must have been read. */
  next(): void {
    while (this.#reader.skip('~')) this.#bucketMs = this.#reader.readNumber() * HOUR_MS;
    this.atEnd = this.#reader.atEnd;
    if (this.atEnd) return;
    if (!this.#reader.skip('|')) throw new TypeError('Not a cell of projects');
    this.projectId = this.#reader.readNumber();
    this.lastStartedAtMs = this.#bucketMs + this.#reader.readNumber();
  }

  /** Adds the project's figures. */
  read(figuresOf: (modelId: number) => CallFigures): void {
    readPart(this.#reader, figuresOf);
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

/** A cell of ids. @param ids in any order */
export function packIds(ids: Iterable<number>, writer: PackedWriter): string {
  let before = 0;
  writer.writeText('~');
  for (const id of ascending(ids)) {
    writer.writeNumber(id - before);
    before = id;
  }
  return writer.take();
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
