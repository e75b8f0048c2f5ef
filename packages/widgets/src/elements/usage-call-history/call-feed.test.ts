import type { ProjectCalls } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { createCall, projectCallsFixture } from '@usage-kit/testing/fixtures/project-calls';
import { appendPage, applyPoll, createFeed, showNew } from './call-feed.js';

const page = (...numbers: number[]): ProjectCalls => ({
  ...projectCallsFixture({}),
  items: numbers.map(createCall),
  nextCursor: 'next',
  total: 10,
});
const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('call feed', () => {
  it('does not move the rows being read when calls arrive', () => {
    const feed = createFeed(page(5, 6, 7));
    const polled = applyPoll(feed, page(3, 4, 5));
    expect(ids(polled.items)).toEqual(ids(feed.items));
    expect(polled.newCount).toBe(2);
    expect(polled.nextCursor).toBe('next');
  });

  it('updates a row that ended meanwhile where it is', () => {
    const feed = createFeed(page(5, 6));
    const ended = { ...createCall(6), status: 'failed' as const };
    const polled = applyPoll(feed, { ...page(5), items: [createCall(5), ended] });
    expect(polled.items[1]?.status).toBe('failed');
    expect(polled.newCount).toBe(0);
  });

  it('shows the new calls when asked', () => {
    const feed = showNew(applyPoll(createFeed(page(5, 6)), page(4, 5)));
    expect(ids(feed.items)).toEqual(ids([createCall(4), createCall(5)]));
    expect(feed.newCount).toBe(0);
  });

  it('appends a page and shows no row twice', () => {
    const next = { ...page(6, 7), nextCursor: null };
    const feed = appendPage(createFeed(page(5, 6)), next);
    expect(ids(feed.items)).toEqual(ids([5, 6, 7].map(createCall)));
    expect(feed.nextCursor).toBeNull();
  });

  it('keeps the range of its first page, which its cursor belongs to', () => {
    const first = { ...page(5), range: { from: 'a', to: 'b', timeZone: 'UTC' } };
    const later = { ...page(4), range: { from: 'a', to: 'c', timeZone: 'UTC' } };
    expect(applyPoll(createFeed(first), later).range).toMatchObject({ to: 'b' });
  });

  it('shows the first calls of an empty feed immediately', () => {
    expect(applyPoll(createFeed(page()), page(1)).items).toHaveLength(1);
  });
});
