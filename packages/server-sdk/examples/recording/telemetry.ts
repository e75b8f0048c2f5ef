import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { createGenAISpanProcessor, type Usage } from '@usage-kit/server-sdk';

/** Your tracing, with one more processor. */
export function createTracing(usage: Usage): BasicTracerProvider {
  const processor = createGenAISpanProcessor(usage.calls, { userAttribute: 'user.id' });
  return new BasicTracerProvider({ spanProcessors: [processor] });
}
