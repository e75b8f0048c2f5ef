import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { UsageErrorEvent } from '@usage-kit/widgets';

/** Why a page cannot be shown. */
export type PageProblem = 'signedOut' | 'forbidden' | 'notFound';

/**
 * Listens to the elements of a page for failures of the entire page: an ended session, no access, no such project.
 *
 * Every other failure is shown by the element that had it.
 * @param lead tag of the element whose failure is the page's failure
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
