import type { ModelCallInput } from '../../contract/call-input.js';
import type { CallType } from '../../contract/common.js';
import { requireKnownKeys } from '../../values/require-known-keys.js';
import { isUserDid } from '../../values/user-did.js';
import type { CallUsage } from './meter.js';

/** The usage of a call, for a price function. */
export interface PricedUsage {
  model: string;
  type: CallType;
  usage: CallUsage;
  /**
   * The provider's usage object, unchanged: it may have more than the call has, such as audio. `null` where the provider
   * sent none (images). It is not validated.
   */
  reported: Readonly<Record<string, unknown>> | null;
}

/** The user of a client's calls, and how they are recorded. */
export interface ClientRecordingOptions extends Pick<
  ModelCallInput,
  'appDid' | 'traceId' | 'metadata'
> {
  /** @default the user of {@link runWithUsageContext}; a call without a user is not recorded, and `onError` receives why */
  userDid?: string | undefined;
  /** @default the client's own provider */
  provider?: string | undefined;
  /**
   * Computes the price of a call in credits, rounded half to even to the option `creditDecimals`. When it throws, the call is recorded with
   * unknown credits and `onError` receives the error.
   * @default credits are unknown
   */
  credits?: ((priced: PricedUsage) => string | number | null | undefined) | undefined;
  /**
   * `'end'` stores a call only when it has ended, under an id that its response id makes: a gateway or a collector that
   * reports the same call then writes the same row. It is never `processing`, and is lost with its process.
   * @default 'start'
   */
  recordAt?: 'start' | 'end' | undefined;
  /** Receives errors of recording and of `credits`. @default the console */
  onError?: ((error: unknown) => void) | undefined;
}

/** Options of every recorder of a client. */
export const CLIENT_OPTIONS = [
  'userDid',
  'appDid',
  'traceId',
  'metadata',
  'provider',
  'credits',
  'recordAt',
  'onError',
] as const satisfies readonly (keyof ClientRecordingOptions)[];

/**
 * Checks the options of a recorder.
 *
 * @param name of the function that takes them
 * @param known names of its options
 * @throws TypeError for an option that is not known, and for a user that cannot be one
 */
export function requireClientOptions(
  name: string,
  options: ClientRecordingOptions,
  known: readonly string[] = CLIENT_OPTIONS,
): void {
  requireKnownKeys(options, known);
  const { userDid, recordAt = 'start' } = options;
  if (userDid !== undefined && !isUserDid(userDid)) {
    throw new TypeError(`${name}: userDid must name a user; leave it out for runWithUsageContext`);
  }
  if (recordAt !== 'start' && recordAt !== 'end') {
    throw new TypeError(`${name}: recordAt must be 'start' or 'end'`);
  }
}
