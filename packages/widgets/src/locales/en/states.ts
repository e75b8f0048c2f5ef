import { defineMessages } from '../define-messages.js';

/** Loading, how old the data is, and the least that is said of a failure; the rest is `problemMessages`. */
export const stateMessages = /* @__PURE__ */ defineMessages({
  retry: 'Try again',
  loading: 'Loading…',
  updatedAt: 'Updated {time}',
  errorTitle: 'This could not be loaded',
  errorNetwork: 'The usage service cannot be reached.',
  momentAgo: 'a moment ago',
});
