import { readFileSync } from 'node:fs';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { Usage } from '../examples/usage.js';

const readFile = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

afterEach(cleanup);

it.each(['usage.tsx', 'main.tsx'])(
  'the README shows examples/%s, which is checked here',
  (name) => {
    expect(readFile('../README.md')).toContain(readFile(`../examples/${name}`).trim());
  },
);

it('the example shows the dashboard, or the page of a project', () => {
  // There is no server: answers that never come.
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const { container, rerender } = render(<Usage appDid={null} />);
  expect(container.querySelector('usage-quota')).not.toBeNull();
  rerender(<Usage appDid="docs" />);
  expect(container.querySelector('usage-quota')).toBeNull();
  expect(container.querySelector('usage-call-history')).not.toBeNull();
});
