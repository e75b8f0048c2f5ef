import { readFields } from './meter.js';

/** Where `@opentelemetry/api` 1 keeps what the host has registered, so that it is found without depending on it. */
const API = Symbol.for('opentelemetry.js.api.1');
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');

/** The span of OpenTelemetry that the current work is part of; `null` without one. */
export function readActiveSpan(): { traceId: string; spanId: string } | null {
  try {
    const { context } = readFields((globalThis as Record<symbol, unknown>)[API]);
    const active = (
      context as { active(): { getValue(key: symbol): unknown } } | undefined
    )?.active();
    const span = active?.getValue(SPAN) as { spanContext(): unknown } | undefined;
    const { traceId, spanId } = readFields(span?.spanContext());
    return typeof traceId === 'string' && typeof spanId === 'string' ? { traceId, spanId } : null;
  } catch {
    return null;
  }
}

/** The id of the call that a span stands for, where it has no response id. */
export function toSpanCallId({ traceId, spanId }: { traceId: string; spanId: string }): string {
  return `span:${traceId}-${spanId}`;
}
