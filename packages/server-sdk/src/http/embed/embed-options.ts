import type { RouteName } from '../../contract/routes.js';

/** What a token lets its bearer do: read one endpoint each, get files (`exports`), or write what is named. */
export type EmbedScope = `${RouteName}:read` | 'exports' | `${WriteScopeName}:write`;

/** What tokens may be allowed to write. */
export const WRITE_SCOPE_NAMES = ['alerts', 'advice'] as const;
type WriteScopeName = (typeof WRITE_SCOPE_NAMES)[number];

/** A key that signs and verifies embed tokens (HS256). */
export interface EmbedKey {
  /** Names the key in the token's header; never used again for another secret. */
  id: string;
  /** At least 32 random bytes; a text counts its UTF-8 bytes. */
  secret: string | Uint8Array;
  /**
   * Instant from which tokens of this key are refused, and before which it still verifies but no longer signs if another
   * key comes first. Date, epoch milliseconds or RFC 3339. @default never
   */
  validUntil?: Date | number | string;
}

/** Embed tokens: short-lived credentials with which a page of another origin shows one user's usage. */
export interface EmbedOptions {
  /**
   * The first that is still valid signs, all verify. To rotate, add the new key last on every instance, then put it first,
   * then remove the old one when its last token has expired (an hour later).
   */
  keys: readonly EmbedKey[];
  /**
   * Origins of the pages that may use tokens in a browser, exactly as browsers send them (`https://app.example`). No
   * wildcard. Empty: only servers, which send no `Origin`.
   */
  origins: readonly string[];
  /** Claim `iss`. @default 'usage-kit' */
  issuer?: string;
  /** Claim `aud`: differs between two installations that share a key. @default `usage-kit:` and the base path */
  audience?: string;
}

/** What a new token is to allow. */
export interface EmbedTokenRequest {
  /** Whose usage it shows. Take it from your own session, never from the page that requests it. */
  userDid: string;
  /** Projects it shows, 1 to 100; totals and lists then hold no other. `'*'`: all of the user's, future ones too. */
  projects: readonly string[] | '*';
  /** Endpoints it may read and what it may write, at least one. The balance (`quota:read`) is the account's, whatever the projects. */
  scopes: readonly EmbedScope[];
  /** How long it lasts: seconds, or a text such as `'10m'`; 1 second to 60 minutes. @default '10m' */
  expiresIn?: number | string;
  /** Origins of `embed.origins` that it may be used from. @default all of them */
  origins?: readonly string[];
}
