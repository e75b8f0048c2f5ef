import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/base/version.js';
import { launch, openPage } from './support/browser.js';
import { OUTPUT } from './support/paths.js';
import { READY_TEXTS } from './support/ready-texts.js';
import { serve } from './support/serve.js';

const FOLDER = join(OUTPUT, 'package');
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "require-trusted-types-for 'script'; report-uri /csp-report";
const APP_DID = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';
const ELEMENTS = { 'usage-range-picker': /30 days/, ...READY_TEXTS };
const integrity = JSON.parse(readFileSync(join(FOLDER, 'integrity.json'), 'utf8')) as Record<
  string,
  string
>;

/** A page of all elements; `head` goes before the script. */
function createPage(head: string, scripts: readonly string[]): string {
  const tags = Object.keys(ELEMENTS).map((tag) => `<${tag} app-did="${APP_DID}"></${tag}>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>${head}${scripts.join('')}</head>
<body><div><usage-provider time-zone="UTC" base-url="/api/usage">${tags.join('\n')}</usage-provider></div></body></html>`;
}
const SCRIPT = `<script src="/usage-kit.js" integrity="${integrity['usage-kit.js']}"></script>`;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

type Opened = Awaited<ReturnType<typeof openPage>> & { reports: string[] };

/** Opens a page and waits until every element shows its figures, and the charts are drawn. */
async function open(
  html: string,
  {
    headers = {},
    files = {},
  }: { headers?: Record<string, string>; files?: Record<string, string> } = {},
): Promise<Opened> {
  const server = await serve({ folder: FOLDER, pages: { '/page': html }, headers });
  const opened = await openPage(browser, { viewport: { width: 1000, height: 9000 } });
  for (const [path, body] of Object.entries(files)) {
    await opened.page.route(server.origin + path, (route) =>
      route.fulfill({ body, contentType: 'text/javascript' }),
    );
  }
  await opened.page.goto(`${server.origin}/page`);
  for (const [tag, text] of Object.entries(ELEMENTS)) {
    await expect
      .poll(() => opened.page.locator(tag).evaluate((element) => element.shadowRoot?.textContent))
      .toMatch(text);
  }
  await expect
    .poll(() =>
      opened.page
        .locator('canvas')
        .evaluateAll((all) => all.filter((canvas) => canvas.hasAttribute('width')).length),
    )
    .toBe(4);
  opened.page.on('close', () => void server.close());
  return Object.assign(opened, { reports: server.reports });
}

describe('a page with a strict content security policy and trusted types', () => {
  it('runs the one file, whose integrity hash it checks, without a report', async () => {
    const { page, problems, reports } = await open(createPage('', [SCRIPT]), {
      headers: { 'content-security-policy': POLICY },
    });
    await page.locator('usage-call-history .expand').first().click();
    await page.locator('usage-call-history dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('usage-trends [part="table-toggle"]').click();
    await page.locator('usage-range-picker button').first().click();
    await expect
      .poll(() =>
        page.locator('usage-trends').evaluate((element) => element.shadowRoot?.textContent),
      )
      .toContain('Time');
    expect(problems).toEqual([]);
    expect(reports).toEqual([]);
    await page.close();
  });

  it('would report: the same page with an inline style says so', async () => {
    const { page, problems, reports } = await open(
      createPage('<style>p{color:red}</style>', [SCRIPT]),
      {
        headers: { 'content-security-policy': POLICY },
      },
    );
    expect(problems.join()).toContain('style-src');
    await expect.poll(() => reports.length).toBeGreaterThan(0);
    await page.close();
  });
});

describe('a page with hostile styles', () => {
  const HOSTILE = `<style>
    * { all: unset !important; }
    html * {
      font-size: 40px !important; line-height: 3 !important; letter-spacing: 1em !important; word-spacing: 2em !important;
      text-transform: uppercase !important; text-indent: 5em !important; text-align: center !important; color: magenta !important;
      white-space: pre !important; box-sizing: content-box !important; border: 9px solid lime; list-style: square !important;
      font-weight: 900 !important; font-style: italic !important; text-shadow: 0 0 9px red !important; cursor: none !important;
    }
  </style>`;
  const PLAIN = '<style>body { margin: 0; } usage-provider { display: block }</style>';

  /** Positions of all nodes in the elements, relative to the element, and the style of their text. */
  const geometry = (page: Opened['page']): Promise<string[]> =>
    page.evaluate((tags) => {
      const lines: string[] = [];
      for (const tag of tags) {
        const root = document.querySelector(tag)?.shadowRoot?.querySelector('.root');
        const origin = root?.getBoundingClientRect();
        if (root == null || origin === undefined) continue;
        for (const node of [root, ...root.querySelectorAll('*')]) {
          const { left, top, width, height } = node.getBoundingClientRect();
          // What has no box is nowhere.
          if (width === 0 && height === 0) continue;
          const { fontSize, color, textTransform, letterSpacing, fontStyle } =
            getComputedStyle(node);
          const box = [left - origin.left, top - origin.top, width, height]
            .map(Math.round)
            .join(' ');
          lines.push(
            `${tag} ${node.localName}.${node.getAttribute('class')} ${box} ${fontSize} ${color} ${textTransform} ${letterSpacing} ${fontStyle}`,
          );
        }
      }
      return lines;
    }, Object.keys(ELEMENTS));

  it('lays every element out as a plain page does, to the pixel', async () => {
    const hostile = await open(createPage(HOSTILE, [SCRIPT]));
    const plain = await open(createPage(PLAIN, [SCRIPT]));
    const [seen, expected] = [await geometry(hostile.page), await geometry(plain.page)];
    expect(expected.length).toBeGreaterThan(1_000);
    expect(seen.filter((line, index) => line !== expected[index])).toEqual([]);
    expect(hostile.problems).toEqual([]);
    await Promise.all([hostile.page.close(), plain.page.close()]);
  });
});

describe('a page with two versions', () => {
  it('uses the first, warns of the second, and works', async () => {
    const code = readFileSync(join(FOLDER, 'usage-kit.js'), 'utf8');
    const other = code.replaceAll(`"${VERSION}"`, '"9.9.9"');
    expect(other).not.toBe(code);
    const scripts = [SCRIPT, '<script src="/other.js"></script>'];
    const { page, problems } = await open(createPage('', scripts), {
      files: { '/other.js': other },
    });
    expect(problems).toHaveLength(Object.keys(ELEMENTS).length + 1);
    for (const problem of problems) {
      expect(problem).toMatch(/^<usage-[\w-]+> 9\.9\.9 is not used: .+ has the name already\.$/);
    }
    await page.close();
  });
});
