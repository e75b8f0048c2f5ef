import type { CDPSession, Page } from 'playwright-core';

/** Of a trace: microseconds by the clock and of the thread. */
interface TraceEvent {
  name: string;
  cat: string;
  dur?: number;
  tdur?: number;
  pid: number;
  tid: number;
}

/** The longest task, in the thread's own time and by the clock. */
export interface Tasks {
  threadMs: number;
  clockMs: number;
}

/**
 * The longest task of the page's main thread while something is done, from a trace.
 *
 * In the thread's own time too: what else the machine does meanwhile is not the page's.
 */
export async function findLongestTasks(page: Page, action: () => Promise<void>): Promise<Tasks> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let threadUs = 0;
  let clockUs = 0;
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const { name, dur = 0, tdur = dur } of value as unknown as TraceEvent[]) {
      if (name !== 'RunTask') continue;
      threadUs = Math.max(threadUs, tdur);
      clockUs = Math.max(clockUs, dur);
    }
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  await action();
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  return { threadMs: threadUs / 1000, clockMs: clockUs / 1000 };
}
