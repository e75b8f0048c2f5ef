import type { UsageQueryOptions } from '@usage-kit/widgets/solid';

/** The settings of the page's `<usage-provider>`: its elements and the page's own components share their requests. */
export const connection: UsageQueryOptions = {
  baseUrl: '/api/usage',
  getToken: () => 'token-of-the-page',
};
