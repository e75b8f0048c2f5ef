import { createComponent, type EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-range-picker';
import {
  UsageRangePicker as UsageRangePickerElement,
  type UsageRangeChangeEvent,
} from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** Chooses the range of everything below the same provider. */
export const UsageRangePicker = createComponent({
  react: React,
  tagName: UsageRangePickerElement.tagName,
  elementClass: UsageRangePickerElement,
  events: {
    ...usageEvents,
    onUsageRangeChange: 'usage-range-change' as EventName<UsageRangeChangeEvent>,
  },
  displayName: 'UsageRangePicker',
});
