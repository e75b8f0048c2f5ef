import type { ModelCallInput } from '../../contract/call-input.js';
import type { CallType } from '../../contract/common.js';

export type CallUsage = NonNullable<ModelCallInput['usage']>;

/** What a response body, or the events of a stream so far, report about a call. */
export interface Metered {
  usage?: CallUsage;
  /** The provider's usage object, unchanged, so that a wrong reading of it can be corrected later. */
  reported?: Fields;
  /** USD that the provider says it charges. */
  costUsd?: number;
  /** The provider's id of the response. */
  responseId?: string;
  /** Processing tier, by which prices differ. */
  serviceTier?: string;
  /** Why the call failed although the request worked. */
  failure?: string;
}

/** How the usage of one method of a client is read. */
export interface Meter {
  type: CallType;
  /** Adds the option that makes a stream report its usage, where it needs one. @returns the same body where not */
  requestUsage?: (body: Fields) => Fields;
  /** Reads a complete response body. */
  readBody: (body: Fields) => Metered;
  /** Reads an event of a stream. @param before what the earlier events report */
  readEvent: (event: Fields, before: Metered) => Metered;
  /** Whether an event was made before the response began. */
  isPreamble?: (event: Fields) => boolean;
  /** Whether a stream has an event only because of {@link requestUsage}. */
  isExtra?: (event: Fields) => boolean;
}

/** An object whose fields are not known; `{}` for anything else. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object, or none. */
export function readFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** A number, or `null` for anything else. */
export function toNumberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The sum of numbers of which `whole` must be known; parts that are not known add nothing. */
export function addParts(whole: number | null, ...parts: (number | null)[]): number | null {
  return whole === null ? null : parts.reduce<number>((sum, part) => sum + (part ?? 0), whole);
}

/** The members of a response that say which it is and how it was served, where they are texts. */
export function readIdentity(id: unknown, serviceTier: unknown): Metered {
  return {
    ...(typeof id === 'string' && id !== '' && { responseId: id }),
    ...(typeof serviceTier === 'string' && serviceTier !== '' && { serviceTier }),
  };
}

/** A meter for responses that report nothing on their way. */
export function createBodyMeter(type: CallType, readBody: Meter['readBody']): Meter {
  return { type, readBody, readEvent: (_event, before) => before };
}
