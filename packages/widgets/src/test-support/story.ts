import type { TemplateResult } from 'lit';
import { currentWorld } from '@usage-kit/testing/world';
import { flushPromises } from '@usage-kit/testing/fake-ports';

const STALE_AFTER_MS = 6 * 60_000;

/** What a story's `play` gets of Storybook. */
export interface PlayContext {
  canvasElement: HTMLElement;
}

/** The part of a Storybook story that the stories here use; the decorator in `.storybook/preview.ts` reads the rest. */
export interface ElementStory {
  render(): TemplateResult;
  play?(context: PlayContext): Promise<void>;
  parameters?: {
    usage?: { mode?: string; isOnline?: boolean; overrides?: object };
  };
}

/** Stories that every element has; theme, language, direction and width are the toolbars'. */
export function createStories(
  render: () => TemplateResult,
): Record<
  | 'Ready'
  | 'Loading'
  | 'Empty'
  | 'Failed'
  | 'FailedOverOldData'
  | 'SignedOut'
  | 'Forbidden'
  | 'RateLimited'
  | 'Offline'
  | 'OfflineOverOldData',
  ElementStory
> {
  const inMode = (mode: string): ElementStory => ({ render, parameters: { usage: { mode } } });
  return {
    Ready: { render },
    Loading: inMode('slow'),
    Empty: inMode('empty'),
    Failed: inMode('error'),
    FailedOverOldData: { render, play: failOverOldData },
    SignedOut: inMode('signed-out'),
    Forbidden: inMode('forbidden'),
    RateLimited: inMode('rate-limited'),
    Offline: { render, parameters: { usage: { isOnline: false } } },
    OfflineOverOldData: { render, play: disconnect },
  };
}

/** The shadow root of the story's element, rendered. */
export async function getRoot({ canvasElement }: PlayContext): Promise<ShadowRoot> {
  const element = canvasElement.querySelector('usage-provider > *');
  await waitFor(() => element?.shadowRoot?.querySelector('.root > *') != null);
  return element?.shadowRoot ?? raise('The story has no element.');
}

/** The element of a selector in a shadow root; fails when there is none within two seconds. */
export async function find<T extends HTMLElement>(root: ShadowRoot, selector: string): Promise<T> {
  await waitFor(() => root.querySelector(selector) !== null, selector);
  return root.querySelector<T>(selector) ?? raise(selector);
}

/** Waits until something is so, for two seconds at most. */
export async function waitFor(check: () => boolean, what = 'what was waited for'): Promise<void> {
  for (let frame = 0; frame < 120; frame += 1) {
    if (check()) return;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  throw new Error(`Not seen: ${what}`);
}

/** Lets the state of a native control change the way a person does. */
export function choose(control: HTMLSelectElement | HTMLInputElement, value: string): void {
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

/** A chart's figures as a table. */
export function createTableStory(render: ElementStory['render']): ElementStory {
  return {
    render,
    async play(context) {
      const root = await getRoot(context);
      (await find(root, '[part="table-toggle"]')).click();
      await find(root, '[part="chart-table"] tbody tr');
    },
  };
}

/** A point of a chart that is read with the keyboard: its figures are in the tooltip. */
export function createPointStory(render: ElementStory['render']): ElementStory {
  return {
    render,
    async play(context) {
      const root = await getRoot(context);
      choose(await find<HTMLInputElement>(root, '.chart-slider'), '12');
      await find(root, '[part="tooltip"]');
    },
  };
}

async function failOverOldData(context: PlayContext): Promise<void> {
  const root = await getRoot(context);
  await find(root, '.content');
  const world = currentWorld();
  const { ports } = world;
  world.change('error');
  // Disconnects an element for six minutes, after which its data is old enough to be requested again.
  await ports.show(false);
  await ports.advance(STALE_AFTER_MS);
  await ports.show(true);
  await flushPromises();
  await find(root, '[part="banner"]');
}

async function disconnect(context: PlayContext): Promise<void> {
  const root = await getRoot(context);
  await find(root, '.content');
  await currentWorld().ports.connect(false);
  await find(root, '[part="banner"]');
}

function raise(what: string): never {
  throw new Error(what);
}
