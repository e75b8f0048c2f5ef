import Koa from 'koa';
import { createUsage, staticQuota } from '@usage-kit/server-sdk';

const usage = createUsage({
  database: 'sqlite:./usage.db',
  // Your own sign-in identifies the user. This one trusts a header: never do that outside a trial.
  authenticate: (request) => {
    const userDid = request.headers['x-user-did'];
    return typeof userDid === 'string' ? { userDid } : null;
  },
  quota: staticQuota({
    entries: [{ id: 'welcome', kind: 'grant', amount: '100', occurredAt: '2026-01-01T00:00:00Z' }],
  }),
  projects: (appDids) => appDids.map((appDid) => ({ appDid, name: `Project ${appDid}` })),
});

await usage.migrate();
await usage.start();

// Where your host calls a model:
const call = await usage.calls.begin({ userDid: 'did:abt:alice', appDid: 'chat', model: 'gpt-4o' });
await call.succeed({ usage: { inputTokens: 812, outputTokens: 96 }, credits: '0.00425' });

const app = new Koa();
app.use(usage.router().routes());
const server = app.listen(Number(process.env['PORT'] ?? 3000));

process.once('SIGTERM', () => {
  server.close(() => void usage.stop());
});
