import type { Middleware } from 'koa';

/** What the pages may load: their own files and nothing else, no inline script or style either. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sets the headers that every answer of the demo carries. */
export function securityHeaders(): Middleware {
  return async (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    });
    await next();
  };
}

/**
 * Refuses forms that another site posts. `SameSite=Lax` already keeps the cookie away from them; this keeps them from
 * signing somebody in or out.
 */
export function sameOriginForms(): Middleware {
  return async (ctx, next) => {
    const origin = ctx.get('Origin');
    if (ctx.method === 'POST' && origin !== '' && origin !== ctx.origin) ctx.throw(403);
    await next();
  };
}
