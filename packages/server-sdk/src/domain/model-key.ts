import { CALL_TYPES, type CallType } from '../contract/common.js';

/** What the pre-aggregates tell models apart by. */
export interface ModelKey {
  /** Empty when not known. */
  provider: string;
  model: string;
  type: CallType;
}

/** What the column of names takes, UTF-16 units. */
const MAX_TEXT_LENGTH = 512;
const MAX_LENGTHS = { provider: 128, model: 255 };
/** No name of ours has it; in those of a host's table it is replaced. */
const SEPARATOR = '\u001f';

/**
 * The key as text: a JSON array, so that no character of a name can be mistaken for a separator. Names of many quotes or
 * backslashes, which JSON doubles, are joined by a control character where they would be longer than the column.
 */
export function modelKeyToText(key: ModelKey): string {
  const text = JSON.stringify([key.provider, key.model, key.type]);
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const provider = joinable(key.provider, MAX_LENGTHS.provider);
  return ['', provider, joinable(key.model, MAX_LENGTHS.model), key.type].join(SEPARATOR);
}

function joinable(name: string, maxLength: number): string {
  return name
    .slice(0, maxLength)
    .replaceAll(SEPARATOR, ' ')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Reads what {@link modelKeyToText} wrote. @throws TypeError on other text */
export function modelKeyOfText(text: string): ModelKey {
  const parts: unknown = text.startsWith(SEPARATOR)
    ? text.split(SEPARATOR).slice(1)
    : JSON.parse(text);
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
