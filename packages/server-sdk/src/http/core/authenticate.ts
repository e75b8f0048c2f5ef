import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';

/** The user who sent a request. */
export interface Identity {
  userDid: string;
}

/** What the host's framework has of the request, for sign-ins that leave their user there. */
export interface HostRequest {
  /** Koa's context, where the endpoints are mounted by `usage.router()`; `null` elsewhere. */
  koa: Context | null;
  /** The web request, where they are mounted by `usage.handler()`; `null` elsewhere. */
  web: Request | null;
}

/**
 * The host's sign-in: who sent this request, or `null` for no user (a 401).
 *
 * The request is Node's, or the one that Express or Nest made of it; a web request comes as one with method, URL and
 * headers. An error that it throws becomes a 500 without data.
 */
export type Authenticate = (
  request: IncomingMessage,
  host: HostRequest,
) => Identity | null | undefined | Promise<Identity | null | undefined>;
