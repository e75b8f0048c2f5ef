import type { PollPorts } from '../packages/widgets/src/store/poll-ports.js';
import { FIXTURE_NOW_MS } from './fixtures/seeded.js';

/** Ports of a page where it is always the fixtures' now, and nothing polls. */
export function createFixedPorts(isOnline = true): PollPorts {
  return {
    now: () => FIXTURE_NOW_MS,
    random: () => 0.5,
    schedule: () => () => undefined,
    isVisible: () => true,
    isOnline: () => isOnline,
    watch: () => () => undefined,
  };
}
