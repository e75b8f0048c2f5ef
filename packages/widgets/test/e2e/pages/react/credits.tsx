import type { JSX } from 'react';
import { useUsageQuery } from '@usage-kit/widgets/react';
import { connection } from './connection.js';

/** What is left, refreshed every minute, and how many models a range has. */
export function Credits({ from }: { from: string }): JSX.Element {
  const quota = useUsageQuery('quota', {}, { ...connection, intervalMs: 60_000 });
  const models = useUsageQuery('models', { from, timeZone: 'UTC' }, connection);
  if (quota.error !== null) {
    return <button onClick={quota.refetch}>{quota.error.message}</button>;
  }
  return (
    <p id="credits">
      {quota.data?.remaining ?? '…'} credits left, {models.data?.items.length ?? '…'} models
    </p>
  );
}
