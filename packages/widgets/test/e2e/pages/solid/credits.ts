import h from 'solid-js/h';
import { useUsageQuery } from '@usage-kit/widgets/solid';
import { connection } from './connection.js';

/** What is left, refreshed every minute, and how many models a range has. */
export function Credits(props: { from: string }): ReturnType<typeof h> {
  const quota = useUsageQuery('quota', () => ({}), { ...connection, intervalMs: 60_000 });
  const models = useUsageQuery('models', () => ({ from: props.from, timeZone: 'UTC' }), connection);
  const text = (): string =>
    `${quota().data?.remaining ?? '…'} credits left, ${models().data?.items.length ?? '…'} models`;
  return h('p', { id: 'credits' }, () => quota().error?.message ?? text());
}
