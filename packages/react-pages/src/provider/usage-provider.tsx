import { createComponent, type EventName } from '@lit/react';
import {
  UsageProvider as UsageProviderElement,
  type Amounts,
  type DisplayCurrency,
  type GetToken,
  type UsageClient,
  type UsageMessages,
  type UsageRangeChangeEvent,
  type UsageStore,
} from '@usage-kit/widgets';
import * as React from 'react';
import { useIsHydrated } from '../internal/use-is-hydrated.js';
import type { PageMessages } from '../messages/messages.js';
import { LocaleContext, MessagesContext } from '../messages/use-messages.js';
import { MuiBridge } from '../theme/mui-bridge.js';
import { readRange, UsageUrlContext, writeRange, type UsageUrl } from '../url/usage-url.js';
import { useEditableUrl } from '../url/use-editable-url.js';
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

/** Renders its children once the element has its settings: before, they would send a request without them. */
function MountedProvider(props: React.ComponentProps<typeof Provider>): React.ReactElement {
  const { children, ...settings } = props;
  const [isMounted, setIsMounted] = React.useState(false);
  React.useLayoutEffect(() => {
    setIsMounted(true);
  }, []);
  return <Provider {...settings}>{isMounted && children}</Provider>;
}

/** Settings of everything below; each is optional. */
export interface UsageProviderProps {
  /** Where the endpoints live. @default '/api/usage' */
  baseUrl?: string;
  /** IANA zone of days and times. @default the browser's */
  timeZone?: string;
  /** BCP 47 tag. @default the page's language */
  locale?: string;
  /** Messages of elements and pages in place of the language's own, by name, e.g. `{ credits: 'Points' }`. */
  messages?: UsageMessages & PageMessages;
  /** Shows what calls cost in credits or in money. @default 'credits' */
  amounts?: Amounts;
  /** What money is converted to for display: currency, rate and the day of the rate. */
  displayCurrency?: DisplayCurrency;
  /** The range; with `url`, the one that is used when the address names none. @default the last 30 days */
  range?: UsageRange;
  /** Called when the reader chooses a range. */
  onRangeChange?: (range: UsageRange) => void;
  /** The address, by the host's router: range, figure, search, sorting, filters and pages are stored in it. */
  url?: UsageUrl;
  /** Supplies embed tokens. */
  getToken?: GetToken;
  /** Replaces the built-in client. */
  client?: UsageClient;
  /** Replaces the page's shared store. */
  store?: UsageStore;
  children: React.ReactNode;
}

/** Provides settings to the elements and pages below it, and the colors of the MUI theme around it. */
export function UsageProvider(props: UsageProviderProps): React.ReactElement {
  const { range, onRangeChange, url: hostUrl = null, children, ...settings } = props;
  const url = useEditableUrl(hostUrl);
  const isHydrated = useIsHydrated();
  const shown = readRange(url) ?? range;
  // Without a range and an address the element stores the reader's choice.
  const rangeProps = url || shown ? { from: shown?.from, to: shown?.to || undefined } : {};
  const changeRange = (event: UsageRangeChangeEvent): void => {
    onRangeChange?.(event.detail);
    if (!url) return;
    event.preventDefault();
    url.change((params) => {
      writeRange(params, event.detail);
      return { preventScrollReset: true };
    });
  };
  return (
    <LocaleContext value={settings.locale}>
      <MessagesContext value={settings.messages}>
        <UsageUrlContext value={url}>
          <MuiBridge>
            {isHydrated ? (
              <MountedProvider {...settings} {...rangeProps} onUsageRangeChange={changeRange}>
                {children}
              </MountedProvider>
            ) : (
              children
            )}
          </MuiBridge>
        </UsageUrlContext>
      </MessagesContext>
    </LocaleContext>
  );
}
