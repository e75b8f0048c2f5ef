import { JsonSplitter, splitLines, type RawValue } from './json-splitter.js';
import { prepend } from './read-text.js';
import { TOO_LONG, faultyRecord, readRecord, type FileRecord } from './file-record.js';

/** Names that APIs give to the member with the records of a page. */
const PAGE_MEMBER = /^(data|items|results|records|rows|calls|logs)$/;
/** The beginning of a page: members with plain values, then one that holds an array of objects. */
const PAGE_BEGIN =
  /^\s*\{(?:\s*"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|-?[\d.eE+-]+|true|false|null)\s*,)*\s*"(?:data|items|results|records|rows|calls|logs)"\s*:\s*\[(?=\s*[{\]])/;

/** An object of a JSON file. */
type Fields = Record<string, unknown>;
/** Whether an object is a call rather than a page of calls. */
type IsRecord = (values: Fields) => boolean;

/**
 * Streams the objects of a JSON file: one on each line, an array of them, pages such as `{ "data": […] }`, or consecutive
 * objects. A line that is not JSON rejects only that line.
 *
 * @param head the beginning of the text, with its first line if that is not longer than a record may be
 * @param rest the text after it
 */
export async function* readJson(
  head: string,
  rest: AsyncIterable<string>,
  isRecord: IsRecord,
): AsyncGenerator<FileRecord> {
  const [first = '', second = ''] = head.split('\n', 2);
  const isEmptyList = /^\s*\[\s*\]\s*$/.test(first);
  const isByLine =
    isJson(first) ||
    (!isPretty(first) && first.length < head.length) ||
    // An object over several lines has a name on its second line; otherwise the first line is not JSON.
    (/^\s*\{/.test(first) && /^\s*\{/.test(second) && isJson(second));
  yield* isByLine && !isEmptyList
    ? readLines(prepend(head, rest), isRecord)
    : readValues(head, (after) => prepend(after, rest), isRecord);
}

async function* readLines(
  chunks: AsyncIterable<string>,
  isRecord: IsRecord,
): AsyncGenerator<FileRecord> {
  for await (const raw of splitLines(chunks)) {
    if (raw.text === null || raw.text.trim() !== '') yield* toRecords(raw, isRecord);
  }
}

/** Reads elements of an array or a page, or consecutive objects, over any number of lines. */
async function* readValues(
  head: string,
  from: (text: string) => AsyncIterable<string>,
  isRecord: IsRecord,
): AsyncGenerator<FileRecord> {
  const opening = /^\s*\[/.exec(head)?.[0] ?? PAGE_BEGIN.exec(head)?.[0] ?? '';
  const splitter = new JsonSplitter(opening.split('\n').length);
  // Elements are records, regardless of their members.
  const isElement: IsRecord = opening === '' ? isRecord : () => true;
  for await (const text of from(head.slice(opening.length))) {
    const { values, rest } = splitter.push(text);
    for (const raw of values) yield* toRecords(raw, isElement);
    if (splitter.isClosed) {
      yield* readRest(opening, rest, splitter.line);
      return;
    }
  }
  for (const raw of splitter.end()) yield* toRecords(raw, isElement);
  if (opening !== '') yield faultyRecord(splitter.line, 'the file ends before its array does', '');
}

/** Rejects text after the end of an array; after the records of a page come its other members. */
function* readRest(opening: string, rest: string, line: number): Generator<FileRecord> {
  if (opening.includes('{') || rest.trim() === '') return;
  yield faultyRecord(line, 'text after the end of the array is not read', rest);
}

/** Whether a line is the first one of an array or object over several lines. */
const isPretty = (line: string): boolean => /^\s*[[{]/.test(line) && !/[}\]]$/.test(line.trimEnd());

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function* toRecords(
  { line, text, preview: begin }: RawValue,
  isRecord: IsRecord,
): Generator<FileRecord> {
  if (text === null) {
    yield faultyRecord(line, TOO_LONG, begin);
    return;
  }
  const value = parse(text);
  for (const element of readElements(value, isRecord) ?? [value]) {
    yield toRecord(line, element, text);
  }
}

function toRecord(line: number, value: unknown, text: string): FileRecord {
  if (value === undefined) return faultyRecord(line, 'not JSON', text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return faultyRecord(line, 'not a JSON object', text);
  }
  return readRecord(line, value as Fields, text);
}

/** Returns the records of an array or a page; `null` for everything else. */
function readElements(value: unknown, isRecord: IsRecord): unknown[] | null {
  if (Array.isArray(value)) return value.length > 0 ? (value as unknown[]) : null;
  if (typeof value !== 'object' || value === null || isRecord(value as Fields)) return null;
  const page = Object.entries(value).find(([name, items]) => {
    return PAGE_MEMBER.test(name) && Array.isArray(items);
  });
  return (page?.[1] as unknown[] | undefined) ?? null;
}

/** Texts, and integers of more digits than a number has exactly; those become text, because different ids would be equal. */
const TEXT_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Parses JSON; `undefined` when the text is not JSON. */
function parse(text: string): unknown {
  try {
    const isLong = /\d{16}/.test(text);
    const exact = isLong
      ? text.replace(TEXT_OR_LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`))
      : text;
    return JSON.parse(exact) as unknown;
  } catch {
    return undefined;
  }
}
