import type { CallItem, ProjectCalls } from '@usage-kit/server-sdk/contract';

/** The rows that a person reads, and the calls that arrived since. */
export interface CallFeed {
  items: readonly CallItem[];
  nextCursor: string | null;
  /** `null`: too many to count. */
  total: number | null;
  /** Range of the first page; a cursor is only good with it. */
  range: { from: string; to: string };
  /** The newest first page, shown when the person chooses to. */
  latest: ProjectCalls;
  /** Calls of `latest` that are not among `items`. */
  newCount: number;
}

/** A feed that shows a first page. */
export function createFeed(page: ProjectCalls): CallFeed {
  const { items, nextCursor, total, range } = page;
  return { items, nextCursor, total, range, latest: page, newCount: 0 };
}

/**
 * The feed after a poll: no row is moved, added or removed; calls that ended meanwhile are updated in place.
 *
 * Calls that are new are counted and wait. A feed without rows has none to move and shows them immediately.
 */
export function applyPoll(feed: CallFeed, page: ProjectCalls): CallFeed {
  if (feed.items.length === 0) return createFeed(page);
  const fresh = new Map(page.items.map((item) => [item.id, item]));
  const known = new Set(feed.items.map(({ id }) => id));
  return {
    ...feed,
    items: feed.items.map((item) => fresh.get(item.id) ?? item),
    latest: page,
    newCount: page.items.filter(({ id }) => !known.has(id)).length,
  };
}

/** The feed with its next page; a row that is there already is not shown twice. */
export function appendPage(feed: CallFeed, page: ProjectCalls): CallFeed {
  const known = new Set(feed.items.map(({ id }) => id));
  return {
    ...feed,
    items: [...feed.items, ...page.items.filter(({ id }) => !known.has(id))],
    nextCursor: page.nextCursor,
  };
}

/** The feed with the calls that were waiting. */
export function showNew(feed: CallFeed): CallFeed {
  return createFeed(feed.latest);
}
