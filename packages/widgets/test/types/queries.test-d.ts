import type { Overview, ProjectCalls } from '@usage-kit/server-sdk/contract';
import { useUsageQuery } from '@usage-kit/widgets/react';
import { useUsageQuery as useSolidQuery } from '@usage-kit/widgets/solid';
import { useUsageQuery as useSvelteQuery } from '@usage-kit/widgets/svelte';
import { useUsageQuery as useVueQuery } from '@usage-kit/widgets/vue';

/** Compiled, never run: every adapter goes from the endpoint to its parameters and its response. */
export function useRight(): (Overview | ProjectCalls | null)[] {
  const calls = { appDid: 'z1', status: 'failed', limit: 5 } as const;
  return [
    useUsageQuery('overview', { from: 'last-7-days' }).data,
    useUsageQuery('projectCalls', calls, { intervalMs: 30_000 }).data,
    useVueQuery('projectCalls', () => calls).value.data,
    useSvelteQuery('projectCalls', () => calls).current.data,
    useSolidQuery('projectCalls', () => null)().data,
  ];
}

export function useWrong(): void {
  // @ts-expect-error no such endpoint
  useUsageQuery('smiles', {});
  // @ts-expect-error an endpoint of a project needs a project
  useUsageQuery('projectStats', {});
  // @ts-expect-error no such granularity
  useVueQuery('trends', { granularity: 'smile' });
  // @ts-expect-error a page is a number
  useSvelteQuery('projects', () => ({ page: 'two' }));
  // @ts-expect-error the response has no such figure
  useSolidQuery('quota', () => ({}))().data?.smiles;
}
