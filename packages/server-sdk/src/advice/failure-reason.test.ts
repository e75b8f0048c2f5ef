import { expect, test } from 'vitest';
import { classifyFailure, findStatusCode } from './failure-reason.js';

test.each([
  [null, 'unknown'],
  ['   ', 'unknown'],
  ['abandoned', 'abandoned'],
  ['429 Too Many Requests', 'rateLimit'],
  ['Rate limit reached for gpt-4o', 'rateLimit'],
  ['You exceeded your current quota, please check your plan (429)', 'quota'],
  ["This model's maximum context length is 8192 tokens", 'contextLength'],
  ['The response was filtered by our content policy', 'contentFilter'],
  ['401 Incorrect API key provided', 'authentication'],
  ['Request timed out.', 'timeout'],
  ['deadline exceeded', 'timeout'],
  ['The operation was aborted', 'cancelled'],
  ['connect ECONNREFUSED 127.0.0.1:1', 'network'],
  ['503 Service Unavailable', 'server'],
  ['400 Bad Request: unknown field', 'invalidRequest'],
  ['das Modell schläft', 'other'],
] as const)('%s is of the class %s', (text, reason) => {
  expect(classifyFailure(text)).toBe(reason);
});

test('a long text is read only in its beginning', () => {
  expect(classifyFailure(`${'x'.repeat(600)} timeout`)).toBe('other');
});

test.each([
  ['429 Too Many Requests', 429],
  ['Error 503: unavailable', 503],
  ['HTTP 502 Bad Gateway', 502],
  ['Request failed with status code 401', 401],
  ['{"error":{"code":404}}', 404],
  ['timed out after 500 ms', null],
  ['maximum context length is 4096 tokens', null],
  ['4290 is no code', null],
  [null, null],
] as const)('%s names the status code %s', (text, code) => {
  expect(findStatusCode(text)).toBe(code);
});
