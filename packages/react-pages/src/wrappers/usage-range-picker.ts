import type { EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-range-picker';
import {
  UsageRangePicker as UsageRangePickerElement,
  type UsageRangeChangeEvent,
} from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** Chooses the range of everything below the same provider. */
export const UsageRangePicker = createUsageComponent({
  elementClass: UsageRangePickerElement,
  displayName: 'UsageRangePicker',
  events: { onUsageRangeChange: 'usage-range-change' as EventName<UsageRangeChangeEvent> },
});
