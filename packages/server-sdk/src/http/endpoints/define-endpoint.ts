import type { z } from 'zod';
import type { Project } from '../../contract/common.js';
import {
  ROUTES,
  type ProjectRouteName,
  type RouteName,
  type RouteParams,
  type RouteResponses,
} from '../../contract/routes.js';
import type { QueryDefinition } from '../core/define-query.js';
import type { HandlerDependencies, UsageRequest } from '../core/request-context.js';

/** Where the figures of a response come from. */
export type EndpointSource =
  /** The version of the user's data names a response, so that an unchanged one need not be made. */
  | 'database'
  /** The payment system's word: only its content names a response. */
  | 'quota provider';

/** What a handler receives: the user, what may be seen of theirs, and the parsed parameters. */
export type EndpointRequest<Name extends RouteName, Query> = Pick<
  UsageRequest,
  'userDid' | 'projects' | 'nowMs'
> & { query: Query } & (Name extends ProjectRouteName ? { project: Project } : unknown);

/** The parameters of an endpoint as its schema gives them: instants of the contract are epoch ms. */
type ParsedParams<Name extends RouteName> = {
  [Param in keyof RouteParams[Name]]: Param extends 'from' | 'to'
    ? number | undefined
    : RouteParams[Name][Param];
};

/** Parameters that only the schema or only the contract has. A schema of none has an index signature and no names. */
type UnmatchedParams<Name extends RouteName, Values> = string extends keyof Values
  ? keyof RouteParams[Name]
  : Exclude<keyof Values, keyof RouteParams[Name]> | Exclude<keyof RouteParams[Name], keyof Values>;

/** Refuses a schema whose parameters are not exactly those of the contract; types of optional members would allow it. */
type SameParams<Name extends RouteName, Values> = [UnmatchedParams<Name, Values>] extends [never]
  ? unknown
  : { unmatchedParams: UnmatchedParams<Name, Values> };

/** All that makes an endpoint; does not compile where it differs from the contract. */
export interface EndpointDefinition<Name extends RouteName, Values, Query> {
  name: Name;
  /** One line of the documentation. */
  summary: string;
  source: EndpointSource;
  query: QueryDefinition<Values, Query> & SameParams<Name, Values>;
  response: z.ZodType<RouteResponses[Name]>;
  /** @throws UsageError */
  handle: (
    deps: HandlerDependencies,
    request: EndpointRequest<Name, Query>,
  ) => Promise<RouteResponses[Name]>;
}

/** An endpoint as the rest of the server sees it. */
export interface Endpoint<Name extends RouteName = RouteName> {
  readonly name: Name;
  /** Below the base path, with `:appDid` for a project. */
  readonly path: (typeof ROUTES)[Name];
  readonly summary: string;
  readonly source: EndpointSource;
  /** Whether the path names a project. */
  readonly hasProject: boolean;
  readonly parameters: z.ZodType;
  readonly response: z.ZodType<RouteResponses[Name]>;
  /** Parses the query string and responds. @throws UsageError */
  handle: (deps: HandlerDependencies, request: UsageRequest) => Promise<RouteResponses[Name]>;
}

/** Defines an endpoint of the contract. */
export function defineEndpoint<Name extends RouteName, Values extends ParsedParams<Name>, Query>(
  definition: EndpointDefinition<Name, Values, Query>,
): Endpoint<Name> {
  const { name, summary, source, query, response, handle } = definition;
  const path = ROUTES[name];
  const hasProject = path.includes(':appDid');
  return {
    name,
    path,
    summary,
    source,
    hasProject,
    parameters: query.schema,
    response,
    handle: async (deps, { userDid, projects, nowMs, queryString, appDid }) => {
      const parsed = query.parse(queryString, { nowMs, limits: deps.limits });
      const project = hasProject ? { project: await describeProject(deps, appDid) } : {};
      const request = { userDid, projects, nowMs, query: parsed, ...project };
      // `hasProject` is true for exactly the names of `ProjectRouteName`.
      return handle(deps, request as EndpointRequest<Name, Query>);
    },
  };
}

/** One project as the host describes it. */
async function describeProject(
  { describe }: HandlerDependencies,
  appDid: string,
): Promise<Project> {
  const project = (await describe([appDid])).get(appDid);
  if (!project) throw new TypeError('Every project that is asked for must be described');
  return project;
}
