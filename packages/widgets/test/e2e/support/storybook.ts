import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openPage } from './browser.js';
import { OUTPUT } from './paths.js';
import { serve, type TestServer } from './serve.js';

/** A story as Storybook's index names it. */
export interface StoryEntry {
  id: string;
  title: string;
  name: string;
}

/** What the toolbars set. */
export type Globals = Readonly<Partial<Record<'theme' | 'locale' | 'width' | 'direction', string>>>;

interface Channel {
  on(event: string, listener: (...args: never[]) => void): void;
  off(event: string, listener: (...args: never[]) => void): void;
  emit(event: string, payload: unknown): void;
}
declare global {
  var __STORYBOOK_ADDONS_CHANNEL__: Channel;
  var axe: { run(context: Element, options: object): Promise<AxeResults> };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** About the page around a story, which is Storybook's. */
const PAGE_RULES = ['region', 'page-has-heading-one', 'landmark-one-main', 'bypass'];

/** All stories of the built Storybook but those that show other stories. */
export function listStories(): StoryEntry[] {
  const text = readFileSync(join(OUTPUT, 'storybook', 'index.json'), 'utf8');
  const { entries } = JSON.parse(text) as {
    entries: Record<string, StoryEntry & { type: string; tags: readonly string[] }>;
  };
  return Object.values(entries).filter(
    ({ type, tags }) => type === 'story' && tags.includes('test'),
  );
}

/** The preview of the built Storybook in one page, in which story after story is shown without a reload. */
export class StorybookPage {
  readonly problems: string[];
  readonly page: Page;
  readonly #server: TestServer;
  #current: string;
  #globals = '';

  private constructor(page: Page, problems: string[], server: TestServer, current: string) {
    this.page = page;
    this.problems = problems;
    this.#server = server;
    this.#current = current;
  }

  static async open(
    browser: Browser,
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<StorybookPage> {
    const server = await serve({ folder: join(OUTPUT, 'storybook') });
    const { page, problems } = await openPage(browser, {
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    const first = listStories()[0]?.id ?? '';
    // Storybook would run axe after each story too; here it runs once per set of globals.
    const globals = 'a11y.manual:!true';
    await page.goto(`${server.origin}/iframe.html?id=${first}&viewMode=story&globals=${globals}`);
    await page.waitForSelector('usage-provider');
    await page.addScriptTag({ path: AXE });
    return new StorybookPage(page, problems, server, first);
  }

  /** Shows a story, runs what it plays, and waits for its elements; throws what the story throws. */
  async show(id: string, globals: Globals = {}): Promise<void> {
    // Without a change the preview would render the story that is about to go once more.
    if (JSON.stringify(globals) !== this.#globals) await this.applyGlobals(globals);
    // Storybook sends no event for the story that it already shows.
    if (id === this.#current) return;
    this.#current = id;
    await this.page.evaluate(emitAndWait, {
      event: 'setCurrentStory',
      payload: { storyId: id, viewMode: 'story' },
    });
    await this.waitUntilIdle();
  }

  /** Shows the same story with other globals. */
  async applyGlobals(globals: Globals): Promise<void> {
    this.#globals = JSON.stringify(globals);
    await this.page.evaluate(emitAndWait, { event: 'updateGlobals', payload: { globals } });
    await this.waitUntilIdle();
  }

  /** Sets controls of the story that is shown; without any, resets them all. */
  async setControls(updatedArgs?: Readonly<Record<string, unknown>>): Promise<void> {
    const event = updatedArgs === undefined ? 'resetStoryArgs' : 'updateStoryArgs';
    const payload = { storyId: this.#current, updatedArgs };
    await this.page.evaluate(emitAndWait, { event, payload });
    await this.waitUntilIdle();
  }

  /** Waits until all elements have rendered, texts and charts included. */
  async waitUntilIdle(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = (): Promise<unknown> =>
        new Promise((resolve) => requestAnimationFrame(resolve));
      const provider = document.querySelector('#storybook-root usage-provider');
      for (let turn = 0; turn < 3; turn += 1) {
        for (const element of provider?.querySelectorAll('*') ?? []) {
          if ('updateComplete' in element) await element.updateComplete;
        }
        await frame();
      }
    });
  }

  /** What axe finds, one line a node. */
  async violations(): Promise<string[]> {
    return this.page.evaluate(
      async ({ tags, rules }) => {
        const root = document.querySelector('#storybook-root') ?? document.body;
        const { violations, passes } = await axe.run(root, {
          runOnly: { type: 'tag', values: tags },
          rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
          resultTypes: ['violations'],
        });
        if (passes.length === 0) return ['axe looked at nothing'];
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
        );
      },
      { tags: TAGS, rules: PAGE_RULES },
    );
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.#server.close();
  }
}

/** Runs in the page: sends to Storybook and waits until the story is shown and played, or has failed. */
function emitAndWait({ event, payload }: { event: string; payload: unknown }): Promise<void> {
  const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
  return new Promise((resolve, reject) => {
    const failures = [
      'storyThrewException',
      'storyErrored',
      'storyMissing',
      'playFunctionThrewException',
    ];
    const done = (act: () => void) => (): void => {
      channel.off('storyRendered', onRendered);
      failures.forEach((name, index) => channel.off(name, onFailures[index] as () => void));
      act();
    };
    const onRendered = done(resolve);
    const onFailures = failures.map((name) => (error?: { message?: string; title?: string }) => {
      done(() => reject(new Error(`${name}: ${error?.message ?? error?.title ?? ''}`)))();
    });
    // A story that neither renders nor fails must not block all others.
    setTimeout(
      done(() => reject(new Error(`${event}: nothing happened for 45 seconds`))),
      45_000,
    );
    channel.on('storyRendered', onRendered);
    failures.forEach((name, index) => channel.on(name, onFailures[index] as () => void));
    channel.emit(event, payload);
  });
}
