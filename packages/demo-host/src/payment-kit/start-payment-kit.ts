import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa, { type Middleware } from 'koa';
import type { DemoClock } from '../server/demo-clock.js';
import { CreditBook } from './credit-book.js';
import { FailureSwitch, FAILURE_MODES } from './failure-switch.js';
import { createPaymentKitRoutes } from './routes.js';

/** What the demo's payment-kit runs with. */
export interface PaymentKitOptions {
  /** Its own SQLite file. */
  file: string;
  clock: DemoClock;
  /** Who may ask: the bearer of this. */
  token: string;
  /** @default 0: a free one */
  port?: number;
}

/** A payment-kit that runs. */
export interface RunningPaymentKit {
  baseUrl: string;
  port: number;
  book: CreditBook;
  failures: FailureSwitch;
  /** Destroys open connections immediately, as a crash would. */
  stop(): Promise<void>;
}

/**
 * A payment-kit to run against: the documented wire format from a SQLite file, reachable from this machine only.
 *
 * `PUT /_demo/fault/failing` (or another of the modes) makes it fail, `PUT /_demo/fault/ok` repairs it.
 */
export async function startPaymentKit(options: PaymentKitOptions): Promise<RunningPaymentKit> {
  const book = await CreditBook.open(options.file);
  const failures = new FailureSwitch();
  const app = new Koa();
  // Errors become responses (`respondToErrors`); Koa would print them as well.
  app.silent = true;
  const running = new Set<Promise<unknown>>();
  app.use(trackRequests(running));
  app.use(respondToErrors());
  app.use(addFailureSwitch(failures));
  app.use(requireCaller(options.token));
  app.use(failures.middleware());
  app.use(createPaymentKitRoutes(book, options.clock).routes());
  const server = createServer(app.callback());
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    port,
    book,
    failures: failures,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      failures.stop();
      await closed;
      await Promise.allSettled(running);
      await book.close();
    },
  };
}

/** Work for a connection that is gone goes on; the file stays open until it is done. */
function trackRequests(running: Set<Promise<unknown>>): Middleware {
  return async (_ctx, next) => {
    const work = next();
    running.add(work);
    try {
      await work;
    } finally {
      running.delete(work);
    }
  };
}

function respondToErrors(): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const { status = 500, message } = error as { status?: number; message: string };
      ctx.status = status;
      ctx.body = { error: message };
    }
  };
}

function addFailureSwitch(failures: FailureSwitch): Middleware {
  return async (ctx, next) => {
    const name = /^\/_demo\/fault\/(\w+)$/.exec(ctx.path)?.[1];
    if (name === undefined) {
      await next();
      return;
    }
    const mode = FAILURE_MODES.find((known) => known === name);
    if (mode === undefined || ctx.method !== 'PUT') {
      ctx.status = 404;
      return;
    }
    failures.mode = mode;
    ctx.body = { mode };
  };
}

/** The bearer, or a component by its signature, which is not checked here: there is no key to check it with. */
function requireCaller(token: string): Middleware {
  return async (ctx, next) => {
    const isBearer = ctx.get('authorization') === `Bearer ${token}`;
    if (!isBearer && ctx.get('x-component-sig') === '') ctx.throw(401, 'Not authenticated');
    await next();
  };
}
