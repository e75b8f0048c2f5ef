import { fixture } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { createMockClient, type MockMode } from '@usage-kit/testing/mock-client';
import { FIXTURE_NOW_MS } from '@usage-kit/testing/fixtures/seeded';
import '../src/define.js';
import type { UsageClient } from '../src/client/usage-client.js';
import type { UsageProvider } from '../src/context/usage-provider.js';
import type { UsageElement } from '../src/base/usage-element.js';
import { UsageStore } from '../src/store/usage-store.js';
import { waitUntil } from '../src/test-support/wait-until.js';
import { FakePorts, flushPromises } from '@usage-kit/testing/fake-ports';

/** An element in a provider whose server and time a test controls. */
export interface Mounted<E extends UsageElement> {
  element: E;
  provider: UsageProvider;
  ports: FakePorts;
  store: UsageStore;
  /** Everything a reader sees in the shadow root, white space collapsed. */
  text: () => string;
  query: <T extends HTMLElement>(selector: string) => T;
  queryAll: (selector: string) => HTMLElement[];
}

/** What a test may say about the world. */
export interface MountOptions {
  mode?: MockMode;
  overrides?: Partial<UsageClient>;
  isOnline?: boolean;
  locale?: string;
}

/** Puts an element into a provider with a mock server and its own store, and waits for the first response. */
export async function mount<E extends UsageElement>(
  template: TemplateResult,
  { mode = 'ok', overrides = {}, isOnline = true, locale = 'en' }: MountOptions = {},
): Promise<Mounted<E>> {
  const ports = new FakePorts(FIXTURE_NOW_MS);
  ports.online = isOnline;
  const store = new UsageStore(ports);
  const provider = await fixture<UsageProvider>(
    html`<usage-provider
      time-zone="UTC"
      locale=${locale}
      .client=${createMockClient(mode, overrides)}
      .store=${store}
      >${template}</usage-provider
    >`,
  );
  const element = provider.firstElementChild as E;
  await update(element);
  const root = (): ShadowRoot => element.shadowRoot ?? raise('no shadow root');
  return {
    element,
    provider,
    ports,
    store,
    text: () => visibleText(root()),
    query: <T extends HTMLElement>(selector: string) =>
      root().querySelector<T>(selector) ?? raise(`no ${selector}`),
    queryAll: (selector) => [...root().querySelectorAll<HTMLElement>(selector)],
  };
}

/** Waits until responses have arrived and the element has rendered them. */
export async function update(element: UsageElement): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await flushPromises();
    await element.updateComplete;
  }
}

/** Presses the button between chart and table, and waits for what it shows. */
export async function toggleTable(element: UsageElement): Promise<void> {
  const isTable = (): boolean => element.renderRoot.querySelector('.chart-table') !== null;
  const before = isTable();
  element.renderRoot.querySelector<HTMLElement>('[part="table-toggle"]')?.click();
  await waitUntil(() => isTable() !== before, 'the other view');
  await update(element);
}

/** The events of a name that an action causes. */
export async function recordEvents<T extends Event>(
  target: EventTarget,
  name: string,
  action: () => unknown,
): Promise<T[]> {
  const seen: T[] = [];
  const listener = (event: Event): void => void seen.push(event as T);
  target.addEventListener(name, listener);
  await action();
  target.removeEventListener(name, listener);
  return seen;
}

function visibleText(root: ShadowRoot): string {
  const frame = root.querySelector<HTMLElement>('section, .picker');
  return (frame?.innerText ?? '').replace(/\s+/g, ' ').trim();
}

function raise(message: string): never {
  throw new Error(message);
}
