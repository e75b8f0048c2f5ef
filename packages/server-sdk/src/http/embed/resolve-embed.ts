import { ROUTES, type RouteName } from '../../contract/routes.js';
import { parseInstant } from '../../values/parse-instant.js';
import {
  WRITE_SCOPE_NAMES,
  type EmbedKey,
  type EmbedOptions,
  type EmbedScope,
} from './embed-options.js';

/** A checked key. */
export interface ResolvedKey {
  id: string;
  secret: Uint8Array;
  /** Epoch ms; `null`: never. */
  validUntilMs: number | null;
}

/** The checked options of embed tokens. */
export interface ResolvedEmbed {
  keys: readonly ResolvedKey[];
  origins: ReadonlySet<string>;
  issuer: string;
  audience: string;
}

/** Every scope there is. */
export const EMBED_SCOPES: readonly EmbedScope[] = [
  ...(Object.keys(ROUTES) as RouteName[]).map((name): EmbedScope => `${name}:read`),
  'exports',
  ...WRITE_SCOPE_NAMES.map((name): EmbedScope => `${name}:write`),
];

const MIN_SECRET_BYTES = 32;
/** Fewer different bytes are typed, not drawn; 32 bytes in hexadecimal have 14 or more. */
const MIN_DIFFERENT_BYTES = 10;
const PLACEHOLDER = /secret|password|change.?me|placeholder|example|your.?key/i;

/**
 * Checks the option `embed`.
 *
 * @throws TypeError that names what is wrong; never the secret
 */
export function resolveEmbed(options: EmbedOptions, basePath: string): ResolvedEmbed {
  const keys = requireList(options.keys, 'embed.keys').map(resolveKey);
  if (keys.length === 0) throw new TypeError('embed.keys needs at least one key');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    throw new TypeError('embed.keys: two keys have the same id');
  }
  const origins = new Set(
    requireList(options.origins, 'embed.origins').map((origin) =>
      requireOrigin(origin, 'embed.origins'),
    ),
  );
  return {
    keys,
    origins,
    issuer: requireText(options.issuer ?? 'usage-kit', 'embed.issuer'),
    audience: requireText(options.audience ?? `usage-kit:${basePath}`, 'embed.audience'),
  };
}

/**
 * Checks that a text is an origin as browsers send it.
 *
 * @throws TypeError for a wildcard, `null`, a path, another spelling or another scheme
 */
export function requireOrigin(origin: unknown, option: string): string {
  const isOrigin =
    typeof origin === 'string' &&
    URL.canParse(origin) &&
    /^https?:$/.test(new URL(origin).protocol) &&
    new URL(origin).origin === origin;
  if (isOrigin) return origin;
  throw new TypeError(
    `${option}: an origin looks like "https://app.example", without a path or a wildcard; got ${JSON.stringify(origin)}`,
  );
}

function resolveKey(key: EmbedKey, index: number): ResolvedKey {
  const option = `embed.keys[${index}]`;
  const id = requireText(key.id, `${option}.id`);
  const validUntilMs = key.validUntil === undefined ? null : parseInstant(key.validUntil);
  if (key.validUntil !== undefined && validUntilMs === null) {
    throw new TypeError(`${option}.validUntil must be a Date, epoch milliseconds or RFC 3339`);
  }
  return { id, secret: resolveSecret(key.secret, `${option}.secret`), validUntilMs };
}

function resolveSecret(secret: unknown, option: string): Uint8Array {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`${option} must be a text or bytes`);
  if (bytes.byteLength < MIN_SECRET_BYTES) {
    throw new TypeError(
      `${option} must have at least ${MIN_SECRET_BYTES} bytes; got ${bytes.byteLength}. openssl rand -hex 32 makes one.`,
    );
  }
  const isTyped = typeof secret === 'string' && PLACEHOLDER.test(secret);
  if (isTyped || new Set(bytes).size < MIN_DIFFERENT_BYTES) {
    throw new TypeError(`${option} looks typed, not random. openssl rand -hex 32 makes one.`);
  }
  return bytes;
}

function requireText(value: unknown, option: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= 255) return value;
  throw new TypeError(`${option} must be a text of 1 to 255 characters`);
}

function requireList<T>(value: readonly T[], option: string): readonly T[] {
  if (Array.isArray(value)) return value as readonly T[];
  throw new TypeError(`${option} must be a list`);
}
