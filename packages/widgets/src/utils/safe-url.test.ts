import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { resolveBaseUrl } from '../client/resolve-base-url.js';
import { toExplicitPath, toSafeUrl } from './safe-url.js';

/** A page at an address, with what its `<base>` makes of links. */
function openPage(href: string, base = href): void {
  const page = class {
    get baseURI(): string {
      return base;
    }
  };
  vi.stubGlobal('location', new URL(href));
  vi.stubGlobal('origin', 'null');
  vi.stubGlobal('Document', page);
  vi.stubGlobal('document', new page());
}

afterEach(() => vi.unstubAllGlobals());

const REFUSED = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)\u0000',
  'vbscript:x',
  'data:text/html,<script>1</script>',
  'blob:https://app.example/1',
  'file:///etc/passwd',
  'filesystem:https://app.example/x',
  'view-source:https://app.example/',
  '//evil.example/x',
  '/\\evil.example/x',
  '\\\\evil.example',
  '/\t/evil.example',
  'https:evil.example\n',
  'http:\\\\evil.example',
  'http:/evil.example',
  'https://',
  'https://[',
  'https://a b.example',
  '/a"onclick=x',
  '/half\ud800',
  'expression(1)',
  "'-(1)-'",
  '',
];

describe('toSafeUrl', () => {
  it.each(REFUSED)('refuses %j in a page', (text) => {
    openPage('https://app.example/usage');
    expect(toSafeUrl(text)).toBeNull();
  });

  it.each(REFUSED)('refuses %j on a server', (text) => {
    expect(toSafeUrl(text)).toBeNull();
  });

  it.each([
    'https://pay.example/up?x=1#y',
    'HTTPS://pay.example/',
    'http://localhost:3000/x',
    '/usage/projects/a%2Fb',
    '#/projects/x',
    '?project=x',
    './projects/x',
    '../x',
  ])('lets %s be as it is', (text) => {
    expect(toSafeUrl(text)).toBe(text);
    openPage('https://app.example/usage');
    expect(toSafeUrl(text)).toBe(text);
  });

  it.each([null, undefined, 5, {}, ['https://a.example']])(
    'refuses %j, which is no text',
    (value) => {
      expect(toSafeUrl(value as string)).toBeNull();
    },
  );

  it('makes a path a full address where an injected base would lead it elsewhere', () => {
    openPage('https://app.example/usage', 'https://evil.example/');
    expect(toSafeUrl('/usage/x')).toBe('https://app.example/usage/x');
    openPage('https://app.example/usage', 'https://app.example/base/');
    expect(toSafeUrl('/usage/x')).toBe('/usage/x');
  });

  it('resolves nothing in a frame without an origin', () => {
    openPage('about:srcdoc');
    expect(toSafeUrl('/usage/x')).toBeNull();
    expect(toSafeUrl('https://pay.example/')).toBe('https://pay.example/');
  });
});

describe('toExplicitPath', () => {
  it.each([
    ['projects/x', './projects/x'],
    ['usage.html?x=1', './usage.html?x=1'],
    ['login', './login'],
    ['/projects/x', '/projects/x'],
    ['#/projects/x', '#/projects/x'],
    ['https://app.example/x', 'https://app.example/x'],
    ['javascript:alert(1)/x', 'javascript:alert(1)/x'],
  ])('makes %s %s', (text, expected) => expect(toExplicitPath(text)).toBe(expected));
});

describe('resolveBaseUrl', () => {
  it.each([
    ['/api/usage', 'https://app.example/api/usage'],
    ['api', 'https://app.example/tenant/api'],
    ['https://api.example/usage', 'https://api.example/usage'],
    ['data:application/json,{}', null],
    ['javascript:1', null],
    ['https://[', null],
  ])('makes %s %s, whatever the base of the page', (baseUrl, expected) => {
    openPage('https://app.example/tenant/page', 'https://evil.example/');
    expect(resolveBaseUrl(baseUrl)).toBe(expected);
  });

  it('leaves it as it is on a server', () => {
    expect(resolveBaseUrl('/api/usage')).toBe('/api/usage');
  });
});

describe('the sources', () => {
  const source = new URL('../', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test|\.stories)\.ts$/.test(file),
  );
  const read = (file: string): string => readFileSync(new URL(file, source), 'utf8');

  it('give no address to an attribute but through toSafeUrl', () => {
    const attribute =
      /\b(?:href|src|srcset|action|formaction|poster|ping|data|srcdoc)=["']?\$\{(?!toSafeUrl\()[^}]*/g;
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => read(file).match(attribute) ?? [])).toEqual([]);
  });

  it('follow no address but through goTo', () => {
    const jump =
      /location\.(?:assign|replace|href\s*=)|(?:window\.|[^#.\w])open\(|\.(?:href|src)\s*=[^=>]/;
    // An address that no text made: the `blob:` of a file that the page itself received, for the browser to save.
    const saved = /const url = URL\.createObjectURL\(file\);[^}]+link\.href = url;/;
    const jumps = files.filter((file) => jump.test(read(file).replace(saved, '')));
    expect(jumps).toEqual(['utils/safe-url.ts']);
  });
});
