import { requireClientOptions, type ClientRecordingOptions } from '../clients/client-options.js';
import { wrapClient } from '../clients/wrap-client.js';
import type { TrackingRecorder } from '../exchange/record-exchange.js';
import { ANTHROPIC_METERS } from './anthropic-meters.js';

/**
 * A client of the package `@anthropic-ai/sdk` whose calls are recorded with begin and end: `messages.create` and
 * `beta.messages.create`, and the helpers built on them (`stream`, `parse`, `toolRunner`, of which every turn is a call).
 * Batches are not recorded. Everything else is as for `wrapOpenAI`.
 *
 * Input tokens of a call are Anthropic's `input_tokens` and those that the prompt cache gave and took. A stream that is
 * aborted has its input tokens, and output tokens that are not known.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known, or a user that cannot be one
 */
export function wrapAnthropic<Client extends object>(
  client: Client,
  recorder: TrackingRecorder,
  options: ClientRecordingOptions = {},
): Client {
  requireClientOptions('wrapAnthropic', options);
  return wrapClient(client, {
    recorder,
    options,
    provider: 'anthropic',
    meters: ANTHROPIC_METERS,
    requestsUsage: false,
  });
}
