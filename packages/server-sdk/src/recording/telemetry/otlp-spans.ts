import { readFields, type Fields } from '../clients/meter.js';
import { RefusedRequest } from '../receivers/read-body.js';
import { readText, type EndedSpan } from './span-call.js';

/** A span of an OTLP request, with the attributes of its resource below its own. */
export interface OtlpSpan extends EndedSpan {
  owned: Fields;
}

const STATUS_ERROR = 2;

/**
 * Reads the spans of an `ExportTraceServiceRequest` in JSON.
 *
 * @throws RefusedRequest where it is none
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function readOtlpSpans(body: unknown): OtlpSpan[] {
  const { resourceSpans = [] } = readFields(body);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (!isObject || !Array.isArray(resourceSpans)) {
    throw new RefusedRequest(400, 'The body is no ExportTraceServiceRequest');
  }
  return resourceSpans.flatMap((item) => {
    const { resource, scopeSpans } = readFields(item);
    const common = readAttributes(readFields(resource)['attributes']);
    return toList(scopeSpans)
      .flatMap((scope) => toList(readFields(scope)['spans']))
      .map((span) => readSpan(readFields(span), common));
  });
}

function readSpan(span: Fields, common: Fields): OtlpSpan {
  const attributes = readAttributes(span['attributes']);
  const [start, end] = [span['startTimeUnixNano'], span['endTimeUnixNano']].map(toNanoseconds);
  const status = readFields(span['status']);
  const { code } = status;
  const isFailed = code === STATUS_ERROR || code === 'STATUS_CODE_ERROR';
  return {
    traceId: readText(span, 'traceId') ?? '',
    spanId: readText(span, 'spanId') ?? '',
    // An instant that is no number makes the call invalid.
    startMs: Number((start ?? 0n) / 1_000_000n),
    durationMs: Number((end ?? 0n) - (start ?? 0n)) / 1e6,
    attributes,
    failure: isFailed ? (readText(status, 'message') ?? '') : null,
    owned: { ...common, ...attributes },
  };
}

/** 64-bit integers are texts in JSON; some senders write numbers. */
function toNanoseconds(value: unknown): bigint {
  const isNumber = typeof value === 'string' && /^\d{1,20}$/.test(value);
  return isNumber || Number.isSafeInteger(value) ? BigInt(value as string | number) : 0n;
}

function readAttributes(list: unknown): Fields {
  const pairs = toList(list)
    .map(readFields)
    .map(({ key, value }) => [String(key), readValue(readFields(value))]);
  return Object.fromEntries(pairs) as Fields;
}

/** Lists and objects are in no attribute that is read. */
function readValue(value: Fields): unknown {
  const { stringValue, intValue, doubleValue, boolValue } = value;
  return (
    stringValue ??
    (intValue === undefined ? undefined : Number(intValue)) ??
    doubleValue ??
    boolValue
  );
}

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
