import { defineMessages } from '../define-messages.js';

/** Failing, offline, and over old data; loaded after the first paint. */
export const problemMessages = /* @__PURE__ */ defineMessages({
  requestId: 'Request ID {id}',
  errorTimeout: 'The usage service took too long to respond.',
  errorServer: 'The usage service had a problem. Please try again later.',
  errorBadRequest: 'The usage service rejected the request: {detail}',
  errorSettings: 'This page is not set up correctly: {detail}.',
  signedOutTitle: 'You are signed out',
  signedOutText: 'Sign in to see your usage.',
  forbiddenTitle: 'You don’t have access',
  forbiddenText: 'Ask an administrator for access to this usage.',
  notFoundTitle: 'Project not found',
  notFoundText: 'Check the address. A project appears here after its first call.',
  rateLimitedTitle: 'Too many requests',
  rateLimitedText: 'Please wait a moment.',
  offlineTitle: 'You are offline',
  offlineText: 'This loads when you are back online.',
  retryingAt: 'Retrying at {time}',
  staleError: 'Cannot refresh. Showing data from {age}.',
  staleOffline: 'Offline. Showing data from {age}.',
  staleSignedOut: 'Signed out. Showing data from {age}.',
});
