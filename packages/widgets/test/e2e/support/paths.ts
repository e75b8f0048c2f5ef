import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const REPOSITORY = fileURLToPath(new URL('../../../../..', import.meta.url));

/** Where the e2e tests build to; not in git. */
export const OUTPUT = fileURLToPath(new URL('../../../../../.cache/widgets', import.meta.url));

/** Root of this package. */
export const PACKAGE = fileURLToPath(new URL('../../..', import.meta.url));
