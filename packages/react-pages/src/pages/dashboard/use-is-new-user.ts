import type { UsageLoadEvent, UsageOverview } from '@usage-kit/widgets';
import { useRef, useState } from 'react';

const ONE_YEAR_MS = 365 * 86_400_000;

/** What is used of the overview's response. */
interface CallCount {
  totals: { calls: number };
}

/**
 * Whether the user has made no call: nothing in the range that is shown, nor in the last year.
 *
 * The second question is asked only when the first answer is empty.
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
      // Unknown is not new: the elements say themselves what is wrong.
      () => undefined,
    );
  };
  return [isNew, onOverview];
}
