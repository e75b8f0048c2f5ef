import { createComponent } from '@lit/react';
import '@usage-kit/widgets/elements/usage-call-history';
import { UsageCallHistory as UsageCallHistoryElement } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** The calls of a project, newest first. */
export const UsageCallHistory = createComponent({
  react: React,
  tagName: UsageCallHistoryElement.tagName,
  elementClass: UsageCallHistoryElement,
  events: usageEvents,
  displayName: 'UsageCallHistory',
});
