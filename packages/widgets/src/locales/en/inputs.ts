import { defineMessages } from '../define-messages.js';

/** What a page has to set before an element can send a request. */
export const inputMessages = /* @__PURE__ */ defineMessages({
  missingProjectTitle: 'No project selected',
  missingProjectText: 'Set the app-did attribute of this element.',
  invalidRangeTitle: 'Invalid range',
  invalidRangeText: 'Choose another range.',
});
