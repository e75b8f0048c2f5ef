import type { UsageProvider } from '@usage-kit/widgets';

/**
 * One message is enough: when the project does not exist, only the first element says so and the page leaves the
 * others, which would say the same, out.
 */
export function showNotFoundOnce(provider: UsageProvider): void {
  provider.addEventListener('usage-error', (event) => {
    if (event.detail.error.code !== 'PROJECT_NOT_FOUND') return;
    provider.querySelector('[data-page=project]')?.setAttribute('data-not-found', '');
  });
}
