import { CALL_TYPES, type CallType } from '../contract/common.js';

/** Identity of a model in aggregates. */
export interface ModelKey {
  /** Empty when unknown. */
  provider: string;
  model: string;
  type: CallType;
}

/** Lengths of the columns of `model_call_models`, UTF-16 units; names in a host's table may be longer. */
const MAX_LENGTHS = { provider: 128, model: 255 };

/** Converts a key to text: a JSON array, so that no character of a name is a delimiter. Long names are truncated. */
function modelKeyToText({ provider, model, type }: ModelKey): string {
  return JSON.stringify([
    truncate(provider, MAX_LENGTHS.provider),
    truncate(model, MAX_LENGTHS.model),
    type,
  ]);
}

function truncate(name: string, maxLength: number): string {
  // Truncation may split a surrogate pair.
  return name.length <= maxLength ? name : name.slice(0, maxLength).replace(/\p{Cs}/gu, '\ufffd');
}

/** Reads the text of {@link modelKeyToText}. @throws TypeError or SyntaxError on other text */
export function modelKeyFromText(text: string): ModelKey {
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts)) throw new TypeError(`Not a model key: ${text}`);
  const [provider, model, type] = parts.map(String);
  return { provider: provider ?? '', model: model ?? '', type: toCallType(type) };
}

/** Returns the type that a text names, and `custom` for an unknown one, which another program may have written. */
export function toCallType(text: string | undefined): CallType {
  return CALL_TYPES.find((candidate) => candidate === text) ?? 'custom';
}

const MAX_TEXTS = 10_000;

/**
 * Cache of the texts of model keys: a rollup needs the same few for every call. Maps by model, because composing a key for
 * `lru-cache` takes as long as {@link modelKeyToText} itself (180 ns, and this 26 ns).
 */
export class ModelKeyTexts {
  #texts = new Map<string, { provider: string; type: CallType; text: string }[]>();
  #size = 0;

  /** Returns the text of a key. */
  getText(provider: string, model: string, type: CallType): string {
    let sameName = this.#texts.get(model);
    const known = sameName?.find((key) => key.provider === provider && key.type === type);
    if (known) return known.text;
    if (this.#size >= MAX_TEXTS) this.#clear();
    sameName = this.#texts.get(model) ?? [];
    const text = modelKeyToText({ provider, model, type });
    sameName.push({ provider, type, text });
    this.#texts.set(model, sameName);
    this.#size += 1;
    return text;
  }

  #clear(): void {
    this.#texts = new Map();
    this.#size = 0;
  }
}
