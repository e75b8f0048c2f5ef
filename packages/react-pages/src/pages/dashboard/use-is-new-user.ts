import type { UsageLoadEvent, UsageOverview } from '@usage-kit/widgets';
import { useRef, useState } from 'react';

const ONE_YEAR_MS = 365 * 86_400_000;

/** The part of the overview's response that is read. */
interface CallCount {
  totals: { calls: number };
}

/**
 * Whether the user has made no call: nothing in the range that is shown, nor in the last year.
 *
 * The request for the last year is sent only when the overview of the range has no calls.
 */
export function useIsNewUser(): [boolean, (event: UsageLoadEvent) => void] {
  const [isNew, setIsNew] = useState(false);
  const isRequested = useRef(false);
  const onOverview = (event: UsageLoadEvent): void => {
    if (isRequested.current || (event.detail.data as CallCount).totals.calls > 0) return;
    isRequested.current = true;
    const { client, store, timeZone } = (event.target as UsageOverview).settings;
    const now = store.now();
    const range = {
      from: new Date(now - ONE_YEAR_MS).toISOString(),
      to: new Date(now).toISOString(),
    };
    client.getOverview({ ...range, timeZone }, {}).then(
      ({ totals }) => setIsNew(totals.calls === 0),
      // After a failure the user does not count as new; the elements show the failure.
      () => undefined,
    );
  };
  return [isNew, onOverview];
}
