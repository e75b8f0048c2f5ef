import type { Logger } from '../runtime/logger.js';
import { toSafeLink } from '../values/safe-link.js';
import { createDescriber, toShownName, type Describe } from './host-directory.js';
import type { ProviderDirectory } from './provider-directory.js';

/** What the host says of a provider; null where it says nothing. */
export interface DescribedProvider {
  name: string | null;
  logoUrl: string | null;
}

/** Finds names and logos of providers by the ids that calls have. */
export type DescribeProviders = Describe<DescribedProvider>;

/** Calls the host's directory of providers. When it fails, hangs or returns no list, providers are shown by their ids. */
export function createProviderDescriber(
  directory: ProviderDirectory | null,
  logger: Logger,
): DescribeProviders {
  return createDescriber(
    {
      option: 'providers',
      lookUp: directory,
      idMember: 'provider',
      createUnknown: (): DescribedProvider => ({ name: null, logoUrl: null }),
      read: (_provider, { name, logoUrl }) => ({
        name: toShownName(name),
        logoUrl: toSafeLink(logoUrl),
      }),
    },
    logger,
  );
}

/** Describes the providers of items, each once; items without a provider are left out. */
export function describeProvidersOf(
  describe: DescribeProviders,
  providers: readonly (string | null)[],
): ReturnType<DescribeProviders> {
  return describe([...new Set(providers.filter((provider) => provider !== null))]);
}
