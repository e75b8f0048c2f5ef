import { isIdentifier } from '../values/user-did.js';

/** Maximum length of the name of an unknown field that messages show. */
const MAX_SHOWN_NAME_LENGTH = 64;
const MAX_UNKNOWN_SHOWN = 5;

/** The name of an unknown field as messages show it. */
export function toShownName(name: string): string {
  return isIdentifier(name, MAX_SHOWN_NAME_LENGTH) ? name : '?';
}

/** Reads members by name, each once; one whose getter throws is left out and passed to `onUnreadable`. */
export function readMembers<K extends string>(
  value: object,
  names: readonly K[],
  onUnreadable: (name: K) => void,
): Partial<Record<K, unknown>> {
  const members: Partial<Record<K, unknown>> = {};
  for (const name of names) {
    try {
      members[name] = (value as Record<K, unknown>)[name];
    } catch {
      onUnreadable(name);
    }
  }
  return members;
}

/** Names of unknown members that have a value, at most as many as a message shows; none where a getter throws. */
export function findUnknownKeys(value: object, known: readonly string[]): string[] {
  const members = value as Record<string, unknown>;
  try {
    const unknown: string[] = [];
    for (const key of Object.keys(members)) {
      if (known.includes(key) || members[key] === undefined) continue;
      unknown.push(key);
      if (unknown.length === MAX_UNKNOWN_SHOWN) break;
    }
    return unknown;
  } catch {
    return [];
  }
}
