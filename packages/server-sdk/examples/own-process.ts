import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { json } from 'node:stream/consumers';
import { createUsage, UsageError, type ModelCallInput } from '@usage-kit/server-sdk';

const secret = process.env['USAGE_SECRET'] ?? '';
if (secret.length < 32) throw new Error('USAGE_SECRET must have at least 32 characters');

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a request comes from your app, which has signed the user in. */
function isApp({ authorization = '' }: IncomingHttpHeaders): boolean {
  return timingSafeEqual(hash(authorization), hash(`Bearer ${secret}`));
}

const usage = createUsage({
  database: process.env['USAGE_DATABASE'] ?? 'sqlite:./usage.db',
  authenticate: ({ headers }) => {
    const userDid = headers['x-user-did'];
    return isApp(headers) && typeof userDid === 'string' ? { userDid } : null;
  },
});
await usage.migrate();
await usage.start();

const respond = usage.callback();
const respondToProbe = usage.health.callback(); // /healthz and /readyz, for load balancers
const server = createServer(async (request, response) => {
  if (request.url !== '/calls' || request.method !== 'POST') {
    respondToProbe(request, response, () => {
      respond(request, response);
    });
    return;
  }
  if (!isApp(request.headers)) {
    response.writeHead(401).end();
    return;
  }
  try {
    const calls = (await json(request)) as ModelCallInput[];
    response.end(JSON.stringify(await usage.calls.record(calls)));
  } catch (error) {
    // A call has an id, so that your app may send it again after a 5xx.
    const status = error instanceof UsageError ? error.status : 500;
    response.writeHead(status).end(error instanceof Error ? error.message : '');
  }
});
server.listen(Number(process.env['PORT'] ?? 4100), process.env['HOST'] ?? '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => void usage.stop());
});
