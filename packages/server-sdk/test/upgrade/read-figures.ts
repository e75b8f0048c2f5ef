import { createServer } from 'node:http';
import type { Projects, Usage } from '../../src/index.js';
import { listen } from '../helpers/create-test-usage.js';
import { HISTORY_END_MS, HISTORY_USERS } from './history.js';

const DAY_MS = 86_400_000;
/** Hours of three days, and months with archived ones. */
const RANGES = [
  { days: 3, granularity: 'hour' },
  { days: 120, granularity: 'month' },
] as const;
const CALLS = 'calls?limit=10&sortBy=duration';

/** Responses by user and path, without what depends on the moment and the key of cursors. */
export type Figures = Record<string, unknown>;

/**
 * Requests every endpoint with figures of calls for users of the history, of ranges that are read from calls, hours, days,
 * months, and quarters of archived hours, in zones of which one is no multiple of an hour.
 */
export async function readFigures(
  usage: Usage,
  users: readonly string[] = HISTORY_USERS,
): Promise<Figures> {
  const server = await listen(createServer(usage.callback()), '/api/usage');
  const read = async (user: string): Promise<Figures> => {
    const figures: Figures = {};
    const get = async <T extends object>(path: string): Promise<T> => {
      const answer = await server.get<T>(path, { user: encodeURIComponent(user) });
      if (answer.status !== 200) throw new Error(`${user} ${path}: ${answer.text}`);
      figures[`${user} ${path}`] = toFigures(answer.body);
      return answer.body;
    };
    for (const { days, granularity } of RANGES) {
      const range = `from=${HISTORY_END_MS - days * DAY_MS}&to=${HISTORY_END_MS}`;
      await readRange(get, range, granularity);
    }
    return figures;
  };
  try {
    const all = await Promise.all(users.map(read));
    return Object.assign({}, ...all) as Figures;
  } finally {
    await server.close();
  }
}

type Get = <T extends object>(path: string) => Promise<T>;

async function readRange(get: Get, range: string, granularity: string): Promise<void> {
  const trend = `${range}&granularity=${granularity}&timeZone=Asia/Kathmandu`;
  await get(`/overview?${range}`);
  await get(`/trends?${trend}&groupBy=model&top=2&compare=previous`);
  await get(`/models?${range}`);
  await get(`/activity?${range}`);
  const { items } = await get<Projects>(`/projects?${range}&sparkline=tokens`);
  for (const { appDid } of items) {
    const base = `/projects/${encodeURIComponent(appDid)}`;
    await get(`${base}/trends?${trend}`);
    for (const path of ['stats', 'models', 'latency', 'failures']) {
      await get(`${base}/${path}?${range}`);
    }
    await get(`${base}/${CALLS}&${range}`);
  }
}

/** They depend on the moment, and on the key of cursors. */
const NO_FIGURES = ['freshness', 'nextCursor'];

function toFigures(body: object): object {
  const figures = Object.entries(body).filter(([name]) => !NO_FIGURES.includes(name));
  return Object.fromEntries(figures);
}
