export { recordAISDKCalls, type AISDKMiddleware } from './recording/ai-sdk/ai-sdk.js';
export { wrapAnthropic } from './recording/anthropic/anthropic.js';
export type { ClientRecordingOptions, PricedUsage } from './recording/clients/client-options.js';
export { runWithUsageContext, type UsageContext } from './recording/clients/usage-context.js';
export { recordExpressCalls, type ExpressRecordingOptions } from './recording/exchange/express.js';
export {
  recordKoaCalls,
  type KoaContextLike,
  type KoaRecordingOptions,
} from './recording/exchange/koa.js';
export type { ExchangeEnd, TrackingRecorder } from './recording/exchange/record-exchange.js';
export { wrapGoogleGenAI } from './recording/google/google.js';
export { receiveLiteLLM, type LiteLLMOptions } from './recording/litellm/litellm-receiver.js';
export { wrapOpenAI, type OpenAIRecordingOptions } from './recording/openai/openai.js';
export type { CallReceiver, ReceiverOptions } from './recording/receivers/call-receiver.js';
export { receiveOtlp, type OtlpOptions } from './recording/telemetry/otlp-receiver.js';
export {
  createGenAISpanProcessor,
  type GenAISpanProcessor,
  type SpanAttributeOptions,
  type SpanRecordingOptions,
} from './recording/telemetry/span-processor.js';
