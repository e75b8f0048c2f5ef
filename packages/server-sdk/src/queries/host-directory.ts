import {
  ConsecutiveBreaker,
  TimeoutStrategy,
  circuitBreaker,
  handleAll,
  timeout,
  wrap,
} from 'cockatiel';
import type { Logger } from '../runtime/logger.js';
import { toShownText } from '../values/shown-text.js';

/** How long a directory may take, milliseconds. */
const TIMEOUT_MS = 2000;
/** Consecutive failures after which the directory is not called for {@link OPEN_MS}, because requests wait for each. */
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 5000;
const MAX_NAME_LENGTH = 255;

/** What the host knows of ids, by id; every id that was asked for has an entry. */
export type Describe<Described> = (ids: readonly string[]) => Promise<Map<string, Described>>;

/** A function of the host's that describes ids, and how its answers are read. */
export interface HostDirectory<Described> {
  /** The option that has the function. */
  option: string;
  /** `null`: the host has none. */
  lookUp: ((ids: readonly string[]) => unknown) | null;
  /** The member of an answer that has the id. */
  idMember: string;
  /** What is known without an answer. */
  createUnknown: (id: string) => Described;
  /** What an answer says, member by member: any of them may be anything. */
  read: (id: string, info: Readonly<Record<string, unknown>>) => Described;
}

/** Calls a function of the host's with ids. When it fails, hangs or returns no list, the ids are shown without names. */
export function createDescriber<Described>(
  directory: HostDirectory<Described>,
  logger: Logger,
): Describe<Described> {
  const { option, lookUp, createUnknown } = directory;
  const policy = wrap(
    circuitBreaker(handleAll, {
      halfOpenAfter: OPEN_MS,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
    }),
    timeout(TIMEOUT_MS, TimeoutStrategy.Aggressive),
  );
  return async (ids) => {
    const found = new Map<string, Described>(ids.map((id) => [id, createUnknown(id)]));
    if (lookUp === null || ids.length === 0) return found;
    try {
      const infos: unknown = await policy.execute(async () => await lookUp([...ids]));
      readInfos(directory, found, infos);
    } catch (error) {
      logger.warn(`The ${option} option failed; its ids are shown without names`, { error });
    }
    return found;
  };
}

/** @throws TypeError when the host returns no list; an iterator of the host's might have no end */
function readInfos<Described>(
  { option, idMember, read }: HostDirectory<Described>,
  found: Map<string, Described>,
  infos: unknown,
): void {
  if (!Array.isArray(infos)) throw new TypeError(`${option} must return a list`);
  for (const info of infos as readonly unknown[]) {
    if (typeof info !== 'object' || info === null) continue;
    const members = info as Readonly<Record<string, unknown>>;
    const id = members[idMember];
    if (typeof id === 'string' && found.has(id)) found.set(id, read(id, members));
  }
}

/** A name as the host gives it, bounded and without control characters; `null` for what is none. */
export function toShownName(name: unknown): string | null {
  return typeof name === 'string' && name !== '' ? toShownText(name, MAX_NAME_LENGTH) : null;
}
