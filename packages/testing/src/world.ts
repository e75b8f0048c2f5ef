import type { UsageClient } from '@usage-kit/widgets';
import { UsageStore } from '@usage-kit/widgets';
import { FakePorts } from './fake-ports.js';
import { FIXTURE_NOW_MS } from './fixtures/seeded.js';
import { createMockClient, type MockMode } from './mock-client.js';

/** What a story may say about the world it is shown in. */
export interface WorldOptions {
  mode?: MockMode;
  isOnline?: boolean;
  overrides?: Partial<UsageClient>;
}

/** The server and the time of one story: it is always the fixtures' now, until what is played moves on. */
export class World {
  readonly ports = new FakePorts(FIXTURE_NOW_MS);
  readonly store = new UsageStore(this.ports);
  readonly client: UsageClient;
  #answers: UsageClient;

  constructor({ mode = 'ok', isOnline = true, overrides = {} }: WorldOptions) {
    this.ports.online = isOnline;
    this.#answers = createMockClient(mode, overrides);
    const client = this.#answers;
    const names = Object.keys(client) as (keyof UsageClient)[];
    const later =
      (name: keyof UsageClient) =>
      (...args: unknown[]) =>
        (this.#answers[name] as (...args: unknown[]) => Promise<unknown>)(...args);
    this.client = Object.fromEntries(names.map((name) => [name, later(name)])) as never;
  }

  /** From now on the server behaves like this. */
  change(mode: MockMode, overrides: Partial<UsageClient> = {}): void {
    this.#answers = createMockClient(mode, overrides);
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
