import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { UsageErrorEvent } from '@usage-kit/widgets';

/** Why a whole page cannot be shown. */
export type PageProblem = 'signedOut' | 'forbidden' | 'notFound';

/**
 * Listens to the elements of a page for what concerns all of them: the session has ended, or the person has no access to the page.
 *
 * Every other failure stays with the element that had it.
 * @param lead tag of the element whose answer stands for the page
 */
export function usePageProblem(
  lead: string,
): [PageProblem | null, RefObject<HTMLDivElement | null>] {
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const page = ref.current;
    const onAuthRequired = (): void => {
      setProblem('signedOut');
    };
    const onError = (event: UsageErrorEvent): void => {
      const { code, status } = event.detail.error;
      if ((event.target as Element).localName !== lead) return;
      if (code === 'PROJECT_NOT_FOUND') setProblem('notFound');
      else if (status === 403) setProblem('forbidden');
    };
    page?.addEventListener('usage-auth-required', onAuthRequired);
    page?.addEventListener('usage-error', onError);
    return () => {
      page?.removeEventListener('usage-auth-required', onAuthRequired);
      page?.removeEventListener('usage-error', onError);
    };
  }, [lead]);
  return [problem, ref];
}
