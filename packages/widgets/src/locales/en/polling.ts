import { defineMessages } from '../define-messages.js';

/** How often an element refreshes. */
export const pollMessages = /* @__PURE__ */ defineMessages({
  pollMenu: 'Automatic refresh',
  pollChooseNormal: 'Normal',
  pollChooseSlow: 'Slower',
  pollChoosePaused: 'Paused',
});
