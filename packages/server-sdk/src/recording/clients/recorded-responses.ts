import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isIdentifier } from '../../values/user-did.js';

/** Calls that one recorder remembers. */
const MAX_REMEMBERED = 10_000;
/** Shorter ids are counters or few random digits, which come again: Ollama's are `chatcmpl-` and a number below 1000. */
const MIN_RESPONSE_ID_LENGTH = 20;
const MAX_RESPONSE_ID_LENGTH = 100;

const remembered = new WeakMap<object, LRUCache<string, true>>();

/**
 * The id of the call that a response belongs to, so that recorders of several processes write the same row.
 *
 * @returns `undefined` without a response id that is long enough to be unique
 */
export function toCallId(responseId: unknown): string | undefined {
  if (!isIdentifier(responseId, Number.MAX_SAFE_INTEGER)) return undefined;
  if (responseId.length < MIN_RESPONSE_ID_LENGTH) return undefined;
  if (responseId.length <= MAX_RESPONSE_ID_LENGTH) return `response:${responseId}`;
  return `response:${createHash('sha256').update(responseId).digest('hex')}`;
}

/** Remembers that a recorder has a call under another id too, which its response or its span makes. */
export function rememberCall(recorder: object, userDid: string, callId: string | undefined): void {
  if (callId === undefined) return;
  let calls = remembered.get(recorder);
  if (!calls) {
    calls = new LRUCache({ max: MAX_REMEMBERED });
    remembered.set(recorder, calls);
  }
  calls.set(toKey(userDid, callId), true);
}

/** Whether a call is recorded already, by another recorder of this process. */
export function isRemembered(recorder: object, userDid: string, callId: string): boolean {
  return remembered.get(recorder)?.has(toKey(userDid, callId)) === true;
}

const toKey = (userDid: string, callId: string): string => JSON.stringify([userDid, callId]);
