import { ROUTES } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './parse-retry-after.js';
import { serializeQuery, toEndpointUrl } from './serialize-query.js';

describe('toEndpointUrl', () => {
  it.each(Object.entries(ROUTES))('spells %s as the contract does', (route, path) => {
    const url = toEndpointUrl('/u', route as keyof typeof ROUTES, {}, 'p');
    expect(url).toBe(`/u${path.replace(':appDid', 'p')}`);
  });

  it.each([
    ['trends', 'trends'],
    ['a/b', 'a%2Fb'],
    ['$&', '%24%26'],
    ['a?b#c', 'a%3Fb%23c'],
    ['half \ud800', 'half%20%EF%BF%BD'],
    ['.hidden', '.hidden'],
  ])('keeps the project %s in one segment', (appDid, segment) => {
    expect(toEndpointUrl('', 'projectStats', {}, appDid)).toBe(`/projects/${segment}/stats`);
  });

  it.each(['.', '..'])(
    'keeps the project %s a segment when a browser resolves the address',
    (did) => {
      const { pathname } = new URL(toEndpointUrl('/u', 'projectStats', {}, did), 'http://host');
      expect(pathname).toBe(`/u/projects/${did}%7F/stats`);
    },
  );
});

describe('serializeQuery', () => {
  it('leaves out what has no value and sorts the rest', () => {
    expect(serializeQuery({ b: 2, a: 'x y', c: undefined, d: null, e: '' })).toBe('?a=x+y&b=2');
    expect(serializeQuery({})).toBe('');
  });
});

describe('parseRetryAfter', () => {
  const nowMs = Date.UTC(2026, 0, 1, 0, 0, 0);
  it.each([
    ['60', 60_000],
    ['0', 0],
    ['99999999', 900_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['soon', null],
    [null, null],
  ])('reads %s as %s ms', (header, delayMs) => {
    expect(parseRetryAfter(header, nowMs)).toBe(delayMs);
  });
});
