// Writes what this version makes of an empty database, and of the history in test/upgrade/history.ts, into
// test/upgrade/releases: npm run freeze-release -w packages/server-sdk -- 0.2.0. Once for each version that has a migration that
// no other had, before it is released; docs/releasing.md says when.
import { readFileSync } from 'node:fs';
import { freezeRelease } from '../test/upgrade/freeze-release.ts';

const [version = ''] = process.argv.slice(2);
const { version: own } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
await freezeRelease(version, own);
