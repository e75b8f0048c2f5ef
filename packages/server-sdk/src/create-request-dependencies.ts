import type { Databases } from './open-databases.js';
import { createBodyCache } from './http/core/body-cache.js';
import type { RequestDependencies } from './http/core/handle-request.js';
import { createEmbedTokens } from './http/embed/embed-tokens.js';
import { createRequestLimits } from './http/limits/request-limits.js';
import type { ResolvedOptions } from './options/resolve-options.js';
import { CursorKeys } from './queries/calls/cursor-keys.js';
import { createProjectDescriber } from './queries/project-info.js';
import { createProviderDescriber } from './queries/provider-info.js';
import { ReadSources } from './queries/read-sources.js';
import { ExportSlots } from './exports/export-slots.js';

/** Makes what requests are handled with. */
export function createRequestDependencies(
  options: ResolvedOptions,
  { primary: database, replica }: Databases,
  services: Pick<RequestDependencies, 'quota' | 'alerts'>,
): RequestDependencies {
  const { basePath, authenticate, clock, logger, limits, embed } = options;
  const describe = createProjectDescriber(options.projects, logger);
  const describeProviders = createProviderDescriber(options.providers, logger);
  return {
    basePath,
    authenticate,
    servesDocument: options.openapi,
    embed: embed && createEmbedTokens(embed, database, clock),
    bodies: createBodyCache(),
    requestLimits: createRequestLimits(limits),
    answerDeadlineMs: limits.answerDeadlineMs,
    clock,
    logger,
    tracer: options.tracer,
    limits,
    database,
    sources: new ReadSources(database, replica),
    cursorKeys: new CursorKeys(database),
    describe,
    describeProviders,
    pricing: options.pricing,
    advice: options.advice,
    exports: {
      database,
      describe,
      describeProviders,
      quota: services.quota,
      slots: new ExportSlots(limits.maxConcurrentExports),
      exportDeadlineMs: limits.exportDeadlineMs,
      logger,
    },
    ...services,
  };
}
