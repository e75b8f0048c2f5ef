import { CALL_TYPES, type CallType } from '../contract/common.js';

/** What the pre-aggregates tell models apart by. */
export interface ModelKey {
  /** Empty when not known. */
  provider: string;
  model: string;
  type: CallType;
}

/** The key as text: a JSON array, so that no character of a name can be mistaken for a separator. */
export function modelKeyToText(key: ModelKey): string {
  return JSON.stringify([key.provider, key.model, key.type]);
}

/** Reads what {@link modelKeyToText} wrote. @throws TypeError on other text */
export function modelKeyOfText(text: string): ModelKey {
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts)) throw new TypeError(`Not a model key: ${text}`);
  const [provider, model, type] = parts.map(String);
  const known = CALL_TYPES.find((candidate) => candidate === type);
  return { provider: provider ?? '', model: model ?? '', type: known ?? 'custom' };
}
