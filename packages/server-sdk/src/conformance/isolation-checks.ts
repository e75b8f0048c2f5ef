import type { ProjectCalls } from '../contract/project-calls.js';
import type { Projects } from '../contract/projects.js';
import { ENDPOINT_LIST } from '../http/endpoints/endpoints.js';
import { ask, NOBODY, toPath, type Reply, type Subject } from './ask.js';
import type { Check } from './check.js';

const PROJECT_ENDPOINTS = ENDPOINT_LIST.filter(({ hasProject }) => hasProject);
const MAX_PROJECTS = 5;
/** A name that nobody's project has. */
const NO_PROJECT = 'usage-kit-conformance-no-such-project';

type User = Subject['userA'];

async function readProjects(subject: Subject, user: User): Promise<string[]> {
  const { json } = await ask(subject, '/projects?pageSize=100', user);
  return ((json as Projects | null)?.items ?? []).map(({ appDid }) => appDid);
}

async function readCalls(
  subject: Subject,
  user: User,
  appDid: string,
): Promise<ProjectCalls | null> {
  const { json, status } = await ask(subject, `${toPath('projectCalls', appDid)}?limit=1`, user);
  return status === 200 ? (json as ProjectCalls) : null;
}

/** The same answer but for what names the project and the request. */
function toShape({ status, text }: Reply, appDid: string): string {
  const bare = text.replaceAll(JSON.stringify(appDid).slice(1, -1), '…');
  return `${status} ${bare.replace(/"requestId":"[^"]*"/, '')}`;
}

/** That neither of two users sees, or is, the other. */
export const ISOLATION_CHECKS: Check[] = [
  {
    name: 'A and B are two users with calls of their own',
    run: async (subject) => {
      const [a, b] = [
        await readProjects(subject, subject.userA),
        await readProjects(subject, subject.userB),
      ];
      if (a.length === 0 || b.length === 0) {
        return { inconclusive: 'A and B each need a project with calls in the last 30 days' };
      }
      const own = [...a.filter((did) => !b.includes(did)), ...b.filter((did) => !a.includes(did))];
      return own.length > 0
        ? {}
        : { inconclusive: 'A or B needs a project that the other has not' };
    },
  },
  {
    name: "another user's project is, word for word, no project",
    run: async (subject) => {
      const faults: string[] = [];
      for (const [reader, owner] of pairs(subject)) {
        const readers = await readProjects(subject, reader);
        const foreign = (await readProjects(subject, owner)).filter(
          (did) => !readers.includes(did),
        );
        for (const appDid of foreign.slice(0, MAX_PROJECTS)) {
          faults.push(...(await foreignFaults(subject, reader, appDid)));
        }
      }
      return { faults };
    },
  },
  {
    name: "another user's calls are not found, by id or by trace",
    run: async (subject) => {
      const faults: string[] = [];
      for (const [reader, owner] of pairs(subject)) {
        const shared = new Set(await readProjects(subject, reader));
        for (const appDid of (await readProjects(subject, owner)).slice(0, MAX_PROJECTS)) {
          const call = (await readCalls(subject, owner, appDid))?.items[0];
          if (!call || !shared.has(appDid)) continue;
          const id = encodeURIComponent(call.traceId ?? call.id);
          const found = await ask(
            subject,
            `${toPath('projectCalls', appDid)}?search=${id}`,
            reader,
          );
          const ids = ((found.json as ProjectCalls | null)?.items ?? []).map(
            (item) => item.traceId,
          );
          if (call.traceId !== null && ids.includes(call.traceId))
            faults.push(`found in ${appDid}`);
        }
      }
      return { faults };
    },
  },
  {
    name: "another user's cursor and tag open nothing",
    run: async (subject) => {
      const faults: string[] = [];
      for (const [reader, owner] of pairs(subject)) {
        const [appDid = NO_PROJECT] = await readProjects(subject, owner);
        const cursor = (await readCalls(subject, owner, appDid))?.nextCursor;
        const path = `${toPath('projectCalls', appDid)}?limit=1`;
        if (cursor != null) {
          const { status } = await ask(
            subject,
            `${path}&cursor=${encodeURIComponent(cursor)}`,
            reader,
          );
          if (status === 200) faults.push('the cursor was taken');
        }
        const etag = (await ask(subject, '/overview', owner)).headers.get('etag') ?? '"x"';
        const headers = { 'if-none-match': etag };
        for (const who of [reader, NOBODY]) {
          const { status } = await ask(subject, '/overview', who, { headers });
          if (status === 304) faults.push('the ETag was taken');
        }
      }
      return { faults };
    },
  },
  {
    name: 'no parameter changes who asks',
    run: async (subject) => {
      const faults: string[] = [];
      for (const { name } of ENDPOINT_LIST) {
        for (const parameter of ['userDid', 'allUsers', 'user', 'role']) {
          const { status } = await ask(subject, `${toPath(name)}?${parameter}=true`, subject.userA);
          if (status !== 400) faults.push(`${toPath(name)}?${parameter}: ${status}`);
        }
      }
      return { faults };
    },
  },
  {
    name: 'answers stay whose they are when users take turns (no cache between them)',
    run: async (subject) => {
      const turn = async (user: User): Promise<string> =>
        (await readProjects(subject, user)).sort().join();
      const [a, b] = [await turn(subject.userA), await turn(subject.userB)];
      const again = [await turn(subject.userA), await turn(subject.userB)];
      const nobody = await ask(subject, '/projects?pageSize=100', NOBODY);
      return {
        faults: [
          ...(again[0] === a && again[1] === b ? [] : ['an answer changed hands']),
          ...(nobody.status === 401 ? [] : [`nobody got ${nobody.status}`]),
        ],
      };
    },
  },
];

function pairs({ userA, userB }: Subject): [reader: User, owner: User][] {
  return [
    [userA, userB],
    [userB, userA],
  ];
}

async function foreignFaults(subject: Subject, reader: User, appDid: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { name } of PROJECT_ENDPOINTS) {
    const theirs = await ask(subject, toPath(name, appDid), reader);
    const none = await ask(subject, toPath(name, NO_PROJECT), reader);
    const same = toShape(theirs, appDid) === toShape(none, NO_PROJECT);
    if (theirs.status !== 404 || !same) faults.push(`${name}: ${theirs.status} for "${appDid}"`);
  }
  return faults;
}
