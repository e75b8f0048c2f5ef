import type { IncomingMessage } from 'node:http';

/** Who asks. */
export interface Identity {
  userDid: string;
}

/**
 * The host's sign-in: who sent this request, or `null` for nobody (answered with 401).
 *
 * An error it throws is answered with 500 and never with data.
 */
export type Authenticate = (
  request: IncomingMessage,
) => Identity | null | undefined | Promise<Identity | null | undefined>;
