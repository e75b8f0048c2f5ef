import { defineMessages } from '../define-messages.js';

/** Why calls fail, in advice and in the list of failed calls. */
export const reasonMessages = /* @__PURE__ */ defineMessages({
  reasonRateLimit: 'rate limit',
  reasonTimeout: 'timeout',
  reasonAuthentication: 'authentication',
  reasonContextLength: 'context too long',
  reasonContentFilter: 'content filter',
  reasonQuota: 'provider’s quota',
  reasonNetwork: 'network',
  reasonServer: 'provider’s error',
  reasonInvalidRequest: 'invalid request',
  reasonCancelled: 'cancelled',
  reasonAbandoned: 'never ended',
  reasonOther: 'other reason',
  reasonUnknown: 'reason unknown',
});
