import type { TrackingRecorder } from '../exchange/record-exchange.js';
import {
  CLIENT_OPTIONS,
  requireClientOptions,
  type ClientRecordingOptions,
} from '../clients/client-options.js';
import { wrapClient } from '../clients/wrap-client.js';
import { OPENAI_METERS } from './openai-meters.js';

/** The user of a wrapped OpenAI client's calls, and how they are recorded. */
export interface OpenAIRecordingOptions extends ClientRecordingOptions {
  /**
   * Whether to request the usage of streamed chat completions (`stream_options.include_usage`). The extra event that
   * reports it is hidden from a caller that did not request it. `false` for servers that refuse the option.
   * @default true
   */
  includeStreamUsage?: boolean;
}

/**
 * A client of the package `openai` whose calls are recorded with begin and end: `chat.completions.create`,
 * `responses.create` (and the helpers built on them, such as `stream` and `parse`), `embeddings.create`,
 * `images.generate` and `audio`. The client that is passed in stays as it is; make a wrapper for each user, or one for all
 * whose requests run in `runWithUsageContext`.
 *
 * Every method returns what the client's own method returns, `withResponse()` and `asResponse()` included, and neither waits
 * for recording nor fails with it. The call of a stream ends when the stream is read to its end; one that is abandoned or
 * aborted has failed. A raw streaming response (`asResponse()`) ends the call with its headers, without usage. The call of a
 * result that is never awaited stays `processing`. The provider's usage object is stored in `metadata.usage` and its tier in
 * `metadata.serviceTier`, where they fit and `metadata` has no such members. A charge in USD that the response names
 * (`usage.cost`, as OpenRouter's do) is the cost of the call.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known, or a user that cannot be one
 */
export function wrapOpenAI<Client extends object>(
  client: Client,
  recorder: TrackingRecorder,
  options: OpenAIRecordingOptions = {},
): Client {
  requireClientOptions('wrapOpenAI', options, [...CLIENT_OPTIONS, 'includeStreamUsage']);
  const { includeStreamUsage = true } = options;
  return wrapClient(client, {
    recorder,
    options,
    provider: 'openai',
    meters: OPENAI_METERS,
    requestsUsage: includeStreamUsage,
  });
}
