/** One line of the report: a query of the SDK and another way to compute the same figures, in one run. */
export interface Comparison {
  name: string;
  /** What the issue asks for: how many times as fast; `null` where there is no such figure. */
  bar: number | null;
  ours: () => Promise<unknown>;
  other: () => Promise<unknown>;
  /** What the other way is. @default 'the calls' */
  against?: string;
}

/** Runs before each that is timed, on both sides. */
export type Before = () => Promise<unknown>;

/** Runs of each side; the median counts. */
export const RUNS = 9;
/** Of the short side: the first of a process are slower than what a server does all day. */
const OUR_RUNS = 99;

/** The median of some runs after one to warm up, milliseconds. */
export async function medianMs(
  work: () => Promise<unknown>,
  runs = RUNS,
  before?: Before,
): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await before?.();
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

/** Medians of two that are compared closely, run in turn, so that a slow moment of the machine is one of both. */
export async function mediansInTurnMs(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  runs = 999,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    for (const [index, work] of [one, other].entries()) {
      const startedMs = performance.now();
      await work();
      times[index]?.push(performance.now() - startedMs);
    }
  }
  return [quantile(times[0], 0.5), quantile(times[1], 0.5)];
}

/**
 * Runs comparisons and prints a Markdown table, a line as soon as it is known.
 *
 * @param before comes between any two others
 */
export async function printComparisons(
  comparisons: readonly Comparison[],
  before: Before,
): Promise<void> {
  console.log('| answer | SDK, ms | against | its time, ms | ratio | asked for |');
  console.log('| --- | ---: | --- | ---: | ---: | ---: |');
  for (const { name, bar, ours, other, against = 'the calls' } of comparisons) {
    const oursMs = await medianMs(ours, OUR_RUNS, before);
    const otherMs = await medianMs(other, RUNS, before);
    const ratio = otherMs / oursMs;
    const asked = bar === null ? '' : `${bar.toLocaleString('en')}`;
    console.log(
      `| ${name} | ${oursMs.toFixed(2)} | ${against} | ${otherMs.toFixed(1)} | ${format(ratio)} | ${asked} |`,
    );
  }
}

function format(ratio: number): string {
  return ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(2);
}

/** A quantile by nearest rank. */
export function quantile(values: readonly number[], ratio: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * ratio))] ?? Number.NaN;
}
