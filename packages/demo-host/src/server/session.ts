import type { IncomingMessage } from 'node:http';
import type { Context, Middleware } from 'koa';
import type { DemoUser } from './demo-users.js';

const COOKIE_NAME = 'usage_demo_user';
const TWELVE_HOURS_MS = 12 * 3_600_000;

/**
 * Who is signed in: a signed, HttpOnly cookie with the name of a demo user.
 *
 * No password, because there is nothing to protect; a real host uses its own sign-in and gives the SDK `authenticate`.
 */
export class Sessions {
  readonly #users: ReadonlyMap<string, DemoUser>;
  /** The SDK authenticates the plain Node request, while Koa verifies cookies: this is where they meet. */
  readonly #userOfRequest = new WeakMap<IncomingMessage, DemoUser>();

  constructor(users: readonly DemoUser[]) {
    this.#users = new Map(users.map((user) => [user.id, user]));
  }

  /** Notes the user of each request; goes before everything that reads it. */
  middleware(): Middleware {
    return async (ctx, next) => {
      const user = this.#users.get(ctx.cookies.get(COOKIE_NAME, { signed: true }) ?? '');
      if (user) this.#userOfRequest.set(ctx.req, user);
      await next();
    };
  }

  /** The signed-in user of a request, or `null`. */
  readUser(request: IncomingMessage): DemoUser | null {
    return this.#userOfRequest.get(request) ?? null;
  }

  /** Signs a demo user in; `false` when there is none of that name. */
  signIn(ctx: Context, userId: string): boolean {
    if (!this.#users.has(userId)) return false;
    ctx.cookies.set(COOKIE_NAME, userId, {
      signed: true,
      httpOnly: true,
      sameSite: 'lax',
      maxAge: TWELVE_HOURS_MS,
    });
    return true;
  }

  /** Forgets who was signed in. */
  signOut(ctx: Context): void {
    ctx.cookies.set(COOKIE_NAME, null, { signed: true, httpOnly: true, sameSite: 'lax' });
  }
}
