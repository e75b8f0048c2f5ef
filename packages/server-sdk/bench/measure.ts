/** One line of the report: an answer of the SDK beside the same figures got another way, in one run. */
export interface Comparison {
  name: string;
  /** What the issue asks for: how many times as fast; `null` where there is no such figure. */
  bar: number | null;
  ours: () => Promise<unknown>;
  other: () => Promise<unknown>;
  /** What the other way is. @default 'the calls' */
  against?: string;
}

/** Runs of each side; the median counts. */
export const RUNS = 9;

/** The median of some runs after one to warm up, milliseconds. */
export async function medianMs(work: () => Promise<unknown>, runs = RUNS): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

/** Runs comparisons and prints a Markdown table, a line as soon as it is known. */
export async function printComparisons(comparisons: readonly Comparison[]): Promise<void> {
  console.log('| answer | SDK, ms | against | its time, ms | ratio | asked for |');
  console.log('| --- | ---: | --- | ---: | ---: | ---: |');
  for (const { name, bar, ours, other, against = 'the calls' } of comparisons) {
    const oursMs = await medianMs(ours);
    const otherMs = await medianMs(other);
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
