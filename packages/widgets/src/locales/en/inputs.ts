import { defineMessages } from '../define-messages.js';

/** What a page has to set before an element can send a request. */
export const inputMessages = /* @__PURE__ */ defineMessages({
  missingProjectTitle: 'No project chosen',
  missingProjectText: 'Set the app-did attribute of this element.',
  invalidRangeTitle: 'This range cannot be read',
  invalidRangeText: 'Choose another range.',
});
