import { describe, expect, it } from 'vitest';
import { isolateGroup, toggleGroup } from './hidden-groups.js';

const list = (hidden: ReadonlySet<number>): number[] => [...hidden].sort();

describe('hidden groups', () => {
  it('are toggled one by one', () => {
    const hidden = toggleGroup(new Set([0]), 2);
    expect(list(hidden)).toEqual([0, 2]);
    expect(list(toggleGroup(hidden, 0))).toEqual([2]);
  });

  it('are all but one when it is isolated, whatever was hidden before, and none when it is alone', () => {
    const alone = isolateGroup(new Set([1, 2]), 1, 4);
    expect(list(alone)).toEqual([0, 2, 3]);
    expect(list(isolateGroup(alone, 1, 4))).toEqual([]);
    expect(list(isolateGroup(alone, 2, 4))).toEqual([0, 1, 3]);
  });

  it('are none of a single group', () => {
    expect(list(isolateGroup(new Set(), 0, 1))).toEqual([]);
  });
});
