import { cleanup, fireEvent, render } from '@testing-library/react';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentType } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as pages from '../index.js';

interface Declaration {
  name: string;
  tagName?: string;
  events?: { name: string }[];
  members?: {
    kind: string;
    name: string;
    privacy?: string;
    static?: boolean;
    readonly?: boolean;
  }[];
}

const widgets = join(import.meta.dirname, '../../../widgets');
// A script of the other package, not a part of it: it has no types and no name to import it by.
const { describeManifest } = (await import(join(widgets, 'scripts/lib/describe-manifest.mjs'))) as {
  describeManifest: (root: string) => Promise<{ manifest: unknown }>;
};
const { manifest } = await describeManifest(widgets);
const elements = (manifest as { modules: { declarations: Declaration[] }[] }).modules
  .flatMap(({ declarations }) => declarations)
  .filter(({ tagName }) => tagName !== undefined && tagName !== 'usage-provider');
const exported = pages as unknown as Record<string, ComponentType<Record<string, unknown>>>;

/** `usage-top-up` as React writes it. */
const toHandler = (name: string) =>
  `on-${name}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

afterEach(cleanup);

describe('the wrappers', () => {
  it('are of all elements that there are', () => {
    const folders = readdirSync(join(import.meta.dirname, '../../../widgets/src/elements'));
    expect(elements.map(({ tagName }) => tagName).sort()).toEqual(folders.sort());
    expect(folders.length).toBeGreaterThan(9);
  });

  it.each(elements)('$name is a component that hears every event of its element', (element) => {
    const { name, tagName = '', events = [] } = element;
    const Component = exported[name]!;
    const handlers = Object.fromEntries(events.map((event) => [event.name, vi.fn()]));
    const props = Object.fromEntries(
      events.map((event) => [toHandler(event.name), handlers[event.name]]),
    );
    const { container } = render(<Component {...props} client={{}} />);
    const target = container.querySelector(tagName)!;
    for (const event of events) fireEvent(target, new CustomEvent(event.name, { detail: {} }));
    for (const event of events) {
      expect(handlers[event.name], `${name} ${event.name}`).toHaveBeenCalledOnce();
    }
  });

  it.each(elements)(
    '$name sets every property of its element',
    ({ name, tagName = '', members = [] }) => {
      const settable = members.filter(
        (member) =>
          member.kind === 'field' &&
          !member.static &&
          !member.readonly &&
          member.privacy === 'public' &&
          !/^[#_]/.test(member.name),
      );
      const Component = exported[name]!;
      const sample: Record<string, unknown> = {
        headingLevel: 3,
        pageSize: 5,
        slowAfterMs: 9,
        hideRange: true,
        metric: 'tokens',
      };
      for (const member of settable) {
        if (
          [
            'viewState',
            'client',
            'store',
            'getToken',
            'view',
            'settings',
            'localizer',
            'timeZoneLabel',
            'inputProblem',
          ].includes(member.name)
        )
          continue;
        const value = sample[member.name] ?? 'text';
        const { container } = render(<Component client={{}} {...{ [member.name]: value }} />);
        expect(container.querySelector(tagName), member.name).toHaveProperty(member.name, value);
        cleanup();
      }
      // Of the account's models nothing can be set but what every element has.
      if (name !== 'UsageModels') expect(settable.length).toBeGreaterThan(0);
    },
  );
});

it('has no other names than those the manifest knows', () => {
  const source = readFileSync(join(import.meta.dirname, 'index.ts'), 'utf8');
  expect(source.trim().split('\n')).toHaveLength(elements.length);
});
