import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERSION } from './base/version.js';

describe('the package in Node', () => {
  it('imports without a document, registered or not', async () => {
    expect(globalThis.document).toBeUndefined();
    const [index] = await Promise.all([import('./index.js'), import('./define.js')]);
    expect(index.UsageQuota.tagName).toBe('usage-quota');
  });

  it('tells the version of its package.json', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    expect(VERSION).toBe(version);
  });
});
