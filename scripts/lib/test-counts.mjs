/** No tests. */
export function noCounts() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** The sum of two counts. */
export function addCounts(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** Reads the JSON report of Vitest. A file that could not even be loaded counts as a failure. */
export function readVitestReport(text) {
  const report = JSON.parse(text);
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** How long each file of a JSON report of Vitest took, longest first: `{ file, seconds, slowestTest, testSeconds }`. */
export function readFileTimes(text) {
  const { testResults } = JSON.parse(text);
  return testResults
    .map(({ name, startTime, endTime, assertionResults }) => {
      const slowest = assertionResults.toSorted(byDuration)[0];
      return {
        file: name,
        seconds: (endTime - startTime) / 1000,
        slowestTest: slowest?.fullName ?? '',
        testSeconds: (slowest?.duration ?? 0) / 1000,
      };
    })
    .sort((a, b) => b.seconds - a.seconds);
}

const byDuration = (a, b) => (b.duration ?? 0) - (a.duration ?? 0);

/** Reads the last summary that Web Test Runner printed: `Chromium: 12/12 test files | 96 passed, 1 failed, 2 skipped`. */
export function readWebTestRunnerOutput(output) {
  const summaries = output.match(/\d+\/\d+ test files.*/g) ?? [];
  const last = summaries.at(-1) ?? '';
  const countOf = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(last)?.[1] ?? 0);
  return { passed: countOf('passed'), failed: countOf('failed'), skipped: countOf('skipped') };
}
