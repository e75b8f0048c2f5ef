import { CALL_TYPES, type CallType } from '../contract/common.js';

/** What the pre-aggregates tell models apart by. */
export interface ModelKey {
  /** Empty when not known. */
  provider: string;
  model: string;
  type: CallType;
}

/** What the columns of `model_call_models` take, UTF-16 units; names of a host's table may be longer. */
const MAX_LENGTHS = { provider: 128, model: 255 };

/** The key as text: a JSON array, so that no character of a name can be mistaken for a separator. Long names are cut. */
export function modelKeyToText({ provider, model, type }: ModelKey): string {
  return JSON.stringify([cut(provider, MAX_LENGTHS.provider), cut(model, MAX_LENGTHS.model), type]);
}

function cut(name: string, maxLength: number): string {
  // Half of a surrogate pair is no character.
  return name.length <= maxLength ? name : name.slice(0, maxLength).replace(/\p{Cs}/gu, '\ufffd');
}

/** Reads what {@link modelKeyToText} wrote. @throws TypeError on other text */
export function modelKeyOfText(text: string): ModelKey {
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts)) throw new TypeError(`Not a model key: ${text}`);
  const [provider, model, type] = parts.map(String);
  return { provider: provider ?? '', model: model ?? '', type: toCallType(type) };
}

/** The type that a text names; another program may have written one that is not known. */
export function toCallType(text: string | undefined): CallType {
  return CALL_TYPES.find((candidate) => candidate === text) ?? 'custom';
}

const MAX_TEXTS = 10_000;

/** Texts of model keys made before: a rollup needs the same few for every call. */
export class ModelKeyTexts {
  #texts = new Map<string, { provider: string; type: CallType; text: string }[]>();
  #size = 0;

  of(provider: string, model: string, type: CallType): string {
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
