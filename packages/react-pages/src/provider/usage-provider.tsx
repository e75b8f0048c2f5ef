import { createComponent, type EventName } from '@lit/react';
import {
  UsageProvider as UsageProviderElement,
  type GetToken,
  type UsageClient,
  type UsageRangeChangeEvent,
  type UsageStore,
} from '@usage-kit/widgets';
import * as React from 'react';
import { MuiBridge } from '../theme/mui-bridge.js';
import type { UsageRange } from './usage-range.js';

// The package exports the class without registering it; every wrapper registers its own element.
UsageProviderElement.define();

const Provider = createComponent({
  react: React,
  tagName: UsageProviderElement.tagName,
  elementClass: UsageProviderElement,
  events: { onUsageRangeChange: 'usage-range-change' as EventName<UsageRangeChangeEvent> },
  displayName: 'UsageProviderElement',
});

/** Settings of everything below; each is optional. */
export interface UsageProviderProps {
  /** Where the endpoints live. @default '/api/usage' */
  baseUrl?: string;
  /** IANA zone of days and times. @default the browser's */
  timeZone?: string;
  /** BCP 47 tag. @default the page's language */
  locale?: string;
  /** The range. @default the last 30 days, then what the reader chooses */
  range?: UsageRange;
  /** Told when the reader chooses a range; keep it in the URL and hand it back as `range`. */
  onRangeChange?: (range: UsageRange) => void;
  /** Supplies embed tokens. */
  getToken?: GetToken;
  /** Replaces the built-in client. */
  client?: UsageClient;
  /** Replaces the page's shared store. */
  store?: UsageStore;
  children: React.ReactNode;
}

/** Gives the elements and pages below it their settings, and the colours of the MUI theme around it. */
export function UsageProvider(props: UsageProviderProps): React.ReactElement {
  const { range, onRangeChange, children, ...settings } = props;
  const rangeProps = range ? { from: range.from, to: range.to } : {};
  return (
    <MuiBridge>
      <Provider
        {...settings}
        {...rangeProps}
        onUsageRangeChange={(event) => onRangeChange?.(event.detail)}
      >
        {children}
      </Provider>
    </MuiBridge>
  );
}
