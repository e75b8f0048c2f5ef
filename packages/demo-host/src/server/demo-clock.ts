/** Where the demo gets the time from; `epoch milliseconds`, as the SDK's clock. */
export interface DemoClock {
  now(): number;
}

/** The machine's clock, or one that stands still at `fixedMs`, so that two runs show the same page. */
export function createDemoClock(fixedMs: number | null): DemoClock {
  return { now: () => fixedMs ?? Date.now() };
}
