import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { describe, expect, it } from 'vitest';
import type { UsageViewChangeEvent } from '../events/usage-view-change.js';
import { readPage, readSort, ViewStateController, writeSort } from './view-state-controller.js';

class FakeHost extends EventTarget implements ReactiveControllerHost {
  readonly updateComplete = Promise.resolve(true);
  #controllers: ReactiveController[] = [];
  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {}
  update(): void {
    for (const controller of this.#controllers) controller.hostUpdated?.();
  }
}

function setUp() {
  const choices: { search: string } = { search: '' };
  const host = new FakeHost();
  const reported: unknown[] = [];
  host.addEventListener('usage-view-change', (event) => {
    reported.push((event as UsageViewChangeEvent).detail.viewState);
  });
  const controller = new ViewStateController(host, {
    read: () => ({ search: choices.search, page: undefined }),
    write: ({ search = '' }) => void (choices.search = search),
  });
  return { choices, host, reported: reported, controller };
}

describe('ViewStateController', () => {
  it('tells each change once, and not what an element starts with', () => {
    const { choices, host, reported: reported } = setUp();
    host.update();
    choices.search = 'docs';
    host.update();
    host.update();
    choices.search = '';
    host.update();
    expect(reported).toEqual([{ search: 'docs' }, {}]);
  });

  it('takes a state back without telling it, before the first update and after', () => {
    const { choices, host, reported: reported, controller } = setUp();
    controller.set({ search: 'docs' });
    host.update();
    expect(choices.search).toBe('docs');
    controller.set(undefined);
    host.update();
    expect(choices.search).toBe('');
    expect(reported).toEqual([]);
  });
});

describe('texts of a view', () => {
  const columns = ['calls', 'name'] as const;

  it('writes a sort that it reads', () => {
    for (const [by, order] of [
      ['name', 'asc'],
      ['name', 'desc'],
      ['calls', 'asc'],
      ['calls', 'desc'],
    ] as const) {
      const text = writeSort(by, order, '-calls');
      expect(readSort(text, columns, '-calls')).toEqual({ sortBy: by, sortOrder: order });
    }
    expect(writeSort('calls', 'desc', '-calls')).toBeUndefined();
  });

  it.each(['', '-', 'drop table', undefined])('falls back from the sort %j', (text) => {
    expect(readSort(text, columns, '-calls')).toEqual({ sortBy: 'calls', sortOrder: 'desc' });
  });

  it.each([
    ['3', 3],
    ['0', 1],
    ['-2', 1],
    ['1.5', 1],
    ['x', 1],
    [undefined, 1],
  ])('reads the page %j as %i', (text, page) => {
    expect(readPage(text)).toBe(page);
  });
});
