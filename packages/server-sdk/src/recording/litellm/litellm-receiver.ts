import { requireKnownKeys } from '../../values/require-known-keys.js';
import { readFields, type Fields } from '../clients/meter.js';
import { logRecordingError } from '../exchange/log-errors.js';
import { reportSafely } from '../exchange/error-text.js';
import {
  DEFAULT_MAX_BODY_BYTES,
  createReceiver,
  storeReported,
  type CallReceiver,
  type ReceiverOptions,
  type ReceivingRecorder,
  type ReportedCall,
} from '../receivers/call-receiver.js';
import { RefusedRequest } from '../receivers/read-body.js';
import { readLiteLLMCall } from './litellm-payload.js';

const NO_PAYLOAD = 'The body is neither a StandardLoggingPayload nor a list of them';

/** Whose calls LiteLLM reports. */
export interface LiteLLMOptions extends ReceiverOptions {
  /** Reads the user of a `StandardLoggingPayload`, which is not validated. @default its `end_user` */
  userOf?: ((payload: Fields) => string | null | undefined) | undefined;
  /** Reads the project. @default none */
  appOf?: ((payload: Fields) => string | null | undefined) | undefined;
}

/**
 * A receiver for LiteLLM's callback `generic_api` (`GENERIC_LOGGER_ENDPOINT`): one `StandardLoggingPayload` or a list of
 * them, in JSON. LiteLLM's `response_cost` in USD is the cost that is reported. Payloads without a user or with invalid
 * fields are rejected, and the response says why. The same payload again changes nothing.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known
 */
export function receiveLiteLLM(
  recorder: ReceivingRecorder,
  options: LiteLLMOptions = {},
): CallReceiver {
  requireKnownKeys(options, ['userOf', 'appOf', 'maxBodyBytes', 'onError']);
  return createReceiver({
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    onError: options.onError ?? logRecordingError,
    receive: async (body) => {
      if (typeof body !== 'object' || body === null) throw new RefusedRequest(400, NO_PAYLOAD);
      const payloads: unknown[] = Array.isArray(body) ? body : [body];
      const calls = payloads.map((payload) => toCall(payload, options));
      const rejected = await storeReported(recorder, calls);
      return { received: payloads.length, rejected };
    },
    describeRefusal: (_status, message) => ({ error: message }),
  });
}

function toCall(payload: unknown, options: LiteLLMOptions): ReportedCall {
  if (typeof payload !== 'object' || payload === null) {
    return { refusal: 'An item is no StandardLoggingPayload' };
  }
  const fields = readFields(payload);
  const { userOf = ({ end_user }: Fields) => end_user, appOf = () => null } = options;
  try {
    const userDid = userOf(fields);
    if (typeof userDid === 'string' && userDid !== '') {
      return { ...readLiteLLMCall(fields), userDid, appDid: appOf(fields) };
    }
  } catch (error) {
    // Refused rather than failed: LiteLLM would send the payload again, and it would fail again.
    reportSafely(options.onError ?? logRecordingError, error);
  }
  return { refusal: 'A payload has no user' };
}
