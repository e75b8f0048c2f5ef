import type { FailureReason } from '@usage-kit/server-sdk/contract';
import { reasonMessages } from '../locales/en/reasons.js';
import type { Localizer } from '../locales/localizer.js';
import type { MessageDefinition } from '../locales/messages.js';
import { lookUp } from '../utils/look-up.js';

const REASONS: Readonly<Record<FailureReason, MessageDefinition>> = {
  rateLimit: reasonMessages.reasonRateLimit,
  timeout: reasonMessages.reasonTimeout,
  authentication: reasonMessages.reasonAuthentication,
  contextLength: reasonMessages.reasonContextLength,
  contentFilter: reasonMessages.reasonContentFilter,
  quota: reasonMessages.reasonQuota,
  network: reasonMessages.reasonNetwork,
  server: reasonMessages.reasonServer,
  invalidRequest: reasonMessages.reasonInvalidRequest,
  cancelled: reasonMessages.reasonCancelled,
  abandoned: reasonMessages.reasonAbandoned,
  other: reasonMessages.reasonOther,
  unknown: reasonMessages.reasonUnknown,
};

/** Why calls failed, in words; a reason that a newer server may know is an other one. */
export function nameReason({ t }: Localizer, reason: FailureReason): string {
  return t(lookUp(REASONS, reason) ?? reasonMessages.reasonOther);
}
