import { randomBytes } from 'node:crypto';
import type { Context, Middleware } from 'koa';

/** What the pages may load: their own files and nothing else, no inline script or style either. */
const CONTENT_SECURITY_POLICY = createPolicy("style-src 'self'");

function createPolicy(styles: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    styles,
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Allows the styles that Emotion adds to one response: sets its policy and returns the nonce. */
export function allowStyles(ctx: Context): string {
  const nonce = randomBytes(16).toString('base64');
  ctx.set('Content-Security-Policy', createPolicy(`style-src 'self' 'nonce-${nonce}'`));
  // A nonce is for one response: a page from a cache would repeat it.
  ctx.set('Cache-Control', 'no-store');
  return nonce;
}

/** Sets the headers of every response of the demo. */
export function securityHeaders(): Middleware {
  return async (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    });
    await next();
  };
}

/**
 * Refuses forms that another site posts. `SameSite=Lax` already withholds the cookie from them; this stops them from
 * signing the reader in or out.
 */
export function sameOriginForms(): Middleware {
  return async (ctx, next) => {
    const origin = ctx.get('Origin');
    if (ctx.method === 'POST' && origin !== '' && origin !== ctx.origin) ctx.throw(403);
    await next();
  };
}
