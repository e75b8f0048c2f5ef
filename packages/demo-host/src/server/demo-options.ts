/** What the demo shows: the generated load, or the calls of a file. */
export type DemoLoad =
  | { kind: 'generated' }
  | { kind: 'import'; file: string; mapping: string | null }
  | { kind: 'servegen'; directory: string; calls: number };

/** How the demo runs; `scripts/demo.mjs` makes it from the command line. */
export interface DemoOptions {
  load: DemoLoad;
  /** Folder of the databases. */
  directory: string;
  port: number;
  /** Epoch milliseconds at which the clock stands still; `null`: the machine's clock. */
  nowMs: number | null;
  /** Whether new calls arrive while the demo runs. */
  live: boolean;
}

/** The seed of the generated load; another one is another history. */
export const DEMO_SEED = 'usage-kit-demo-1';

/** How far back the generated load goes. */
export const LOAD_DAYS = 90;
