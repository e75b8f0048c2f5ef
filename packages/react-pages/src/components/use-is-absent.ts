import type { UsageErrorEvent } from '@usage-kit/widgets';
import { useState } from 'react';

/**
 * Whether the host's server does not have what an element shows, or not for this person: its section stays away then.
 *
 * @returns what it is, and the listener for the element's `usage-error`
 */
export function useIsAbsent(): [boolean, (event: UsageErrorEvent) => void] {
  const [isAbsent, setIsAbsent] = useState(false);
  const onUsageError = ({ detail }: UsageErrorEvent): void => {
    const { status } = detail.error;
    if (status === 403 || status === 404) setIsAbsent(true);
  };
  return [isAbsent, onUsageError];
}
