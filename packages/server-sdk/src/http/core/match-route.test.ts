import { describe, expect, test } from 'vitest';
import { matchBelow, matchUrl } from './match-route.js';

describe('a URL', () => {
  test.each([
    ['/api/usage', '/api/usage/overview?a=1', undefined, 'overview', '/overview', 'a=1'],
    ['/api/usage', '/overview', '/api/usage/overview', 'overview', '/overview', ''],
    ['/projects', '/projects/projects/x/stats', undefined, 'projectStats', '/projects/x/stats', ''],
    ['/projects', '/projects/x/stats', '/projects/projects/x/stats', 'projectStats', null, ''],
    [
      '/usage',
      '/usage/projects/usage/stats',
      undefined,
      'projectStats',
      '/projects/usage/stats',
      '',
    ],
    ['/api/usage', '/api/usage/projects/a%2Fb/calls', undefined, 'projectCalls', null, ''],
    ['/api/usage', '/api/usage/overview/?x=%3F?', undefined, 'overview', '/overview/', 'x=%3F?'],
  ])('below %s, %s (of %s) asks for %s', (basePath, url, originalUrl, name, path, query) => {
    const route = matchUrl(basePath, { url, originalUrl }, true);
    expect(route).toMatchObject({ query, ...(path === null ? {} : { path }) });
    expect(route?.resource.read?.name).toBe(name);
  });

  test.each([
    ['/api/usage', '/api/usage', undefined],
    ['/api/usage', '/api/usage/nothing', undefined],
    ['/api/usage', '/other/overview', undefined],
    ['/api/usage', '/overview', undefined],
    ['/api/usage', '/projects/a/b/stats', '/api/usage/projects/a/b/stats'],
  ])('below %s, %s (of %s) is none of ours', (basePath, url, originalUrl) => {
    expect(matchUrl(basePath, { url, originalUrl }, true)).toBeNull();
  });

  test('asks for the document only where it is served', () => {
    const url = { url: '/api/usage/openapi.json' };
    expect(matchUrl('/api/usage', url, true)?.resource.isDocument).toBe(true);
    expect(matchUrl('/api/usage', url, false)).toBeNull();
  });
});

test.each([
  ['/usage', '/host/usage/projects/usage/trends', '/projects/usage/trends'],
  ['/projects', '/projects/projects/projects/stats', '/projects/projects/stats'],
  ['/projects', '/a/projects/projects/projects/stats', '/projects/projects/stats'],
  ['/api/usage', '/api/usage/api/usage/overview', '/overview'],
])('a path with %s somewhere, %s, asks for %s', (basePath, path, below) => {
  expect(matchBelow(basePath, path, '', true)?.path).toBe(below);
});
