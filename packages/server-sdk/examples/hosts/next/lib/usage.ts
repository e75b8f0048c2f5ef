import { createUsage } from '@usage-kit/server-sdk';

/** One for the whole server: development loads modules again and again. */
const cached = globalThis as typeof globalThis & { usage?: ReturnType<typeof createUsage> };

export const usage = (cached.usage ??= createUsage({
  database: process.env['USAGE_DATABASE'] ?? 'sqlite:./usage.db',
  // Your own sign-in, such as `const session = await auth()`. This one trusts a header: never do that outside a trial.
  authenticate: (request) => {
    const user = request.headers['x-user'];
    return typeof user === 'string' ? { userDid: user } : null;
  },
  rollup: false, // in one process that runs all the time: createRollupScheduler(…).start()
}));
