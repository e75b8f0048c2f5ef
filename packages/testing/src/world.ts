import type { UsageClient } from '@usage-kit/widgets';
import { UsageStore } from '@usage-kit/widgets';
import { FakePorts } from './fake-ports.js';
import { FIXTURE_NOW_MS } from './fixtures/seeded.js';
import { createMockClient, type MockMode } from './mock-client.js';

/** How the server of a story behaves. */
export interface WorldOptions {
  mode?: MockMode;
  isOnline?: boolean;
  overrides?: Partial<UsageClient>;
}

/** The server and the clock of one story. The clock starts at the fixtures' now and moves only when the story's `play` does it. */
export class World {
  readonly ports = new FakePorts(FIXTURE_NOW_MS);
  readonly store = new UsageStore(this.ports);
  readonly client: UsageClient;
  #responses: UsageClient;

  constructor({ mode = 'ok', isOnline = true, overrides = {} }: WorldOptions) {
    this.ports.online = isOnline;
    this.#responses = createMockClient(mode, overrides);
    const client = this.#responses;
    const names = Object.keys(client) as (keyof UsageClient)[];
    const later =
      (name: keyof UsageClient) =>
      (...args: unknown[]) =>
        (this.#responses[name] as (...args: unknown[]) => Promise<unknown>)(...args);
    this.client = Object.fromEntries(names.map((name) => [name, later(name)])) as never;
  }

  /** From now on the server behaves like this. */
  change(mode: MockMode, overrides: Partial<UsageClient> = {}): void {
    this.#responses = createMockClient(mode, overrides);
  }
}

let current: { key: string; world: World } | null = null;

/** The world of a story: the same one for as long as it is shown, in whatever theme or language. */
export function createWorld(key: string, options: WorldOptions): World {
  if (current?.key !== key) current = { key, world: new World(options) };
  return current.world;
}

/** The world of the story that is shown, for what it plays. */
export function currentWorld(): World {
  if (current === null) throw new Error('No story is shown.');
  return current.world;
}
