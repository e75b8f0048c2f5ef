/**
 * Serves the built site: `npm run site:serve -- --port 4321 --api http://localhost:3000`.
 *
 * With `--api` the endpoints of that server are below /api/usage of this origin, so that the consoles use the session of a
 * reader who is signed in there.
 */
import { parseArgs } from 'node:util';
import { serveSite } from './lib/site-server.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4321' }, api: { type: 'string' } },
});
const server = await serveSite({
  port: Number(values.port),
  ...(values.api !== undefined && { api: new URL(values.api) }),
});
console.log(`http://localhost:${server.address().port}`);
