import type { ProjectCalls } from '../contract/project-calls.js';
import { EXPORT_ROUTES } from '../contract/exports.js';
import type { Projects } from '../contract/projects.js';
import { ENDPOINT_LIST } from '../http/endpoints/endpoints.js';
import { sendRequest, SIGNED_OUT, toPath, type Reply, type Subject } from './send-request.js';
import type { Check } from './check.js';

const PROJECT_ENDPOINTS = ENDPOINT_LIST.filter(({ hasProject }) => hasProject);
const MAX_PROJECTS = 5;
/** A name that no project has. */
const NO_PROJECT = 'usage-kit-conformance-no-such-project';

type User = Subject['userA'];

async function readProjects(subject: Subject, user: User): Promise<string[]> {
  const { json } = await sendRequest(subject, '/projects?pageSize=100', user);
  return ((json as Projects | null)?.items ?? []).map(({ appDid }) => appDid);
}

async function readCalls(
  subject: Subject,
  user: User,
  appDid: string,
): Promise<ProjectCalls | null> {
  const { json, status } = await sendRequest(
    subject,
    `${toPath('projectCalls', appDid)}?limit=1`,
    user,
  );
  return status === 200 ? (json as ProjectCalls) : null;
}

/** Status and body of a response without the names of the project and the request. */
function toShape({ status, text }: Reply, appDid: string): string {
  const bare = text.replaceAll(JSON.stringify(appDid).slice(1, -1), '…');
  return `${status} ${bare.replace(/"requestId":"[^"]*"/, '')}`;
}

/** Checks that neither of two users sees data of the other. */
export const ISOLATION_CHECKS: Check[] = [
  {
    name: 'A and B are two users with different projects',
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
        : { inconclusive: 'A or B needs a project that the other does not have' };
    },
  },
  {
    name: "another user's project gets the same response as no project",
    run: async (subject) => {
      const faults: string[] = [];
      for (const [reader, owner] of listPairs(subject)) {
        const readers = await readProjects(subject, reader);
        const foreign = (await readProjects(subject, owner)).filter(
          (did) => !readers.includes(did),
        );
        for (const appDid of foreign.slice(0, MAX_PROJECTS)) {
          faults.push(...(await findForeignFaults(subject, reader, appDid)));
        }
      }
      return { faults };
    },
  },
  {
    name: "another user's calls are not found, by id or by trace",
    run: async (subject) => {
      const faults: string[] = [];
      for (const [reader, owner] of listPairs(subject)) {
        const shared = new Set(await readProjects(subject, reader));
        for (const appDid of (await readProjects(subject, owner)).slice(0, MAX_PROJECTS)) {
          const call = (await readCalls(subject, owner, appDid))?.items[0];
          if (!call || !shared.has(appDid)) continue;
          const id = encodeURIComponent(call.traceId ?? call.id);
          const found = await sendRequest(
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
    name: "another user's cursor and entity tag are refused",
    run: async (subject) => {
      const faults: string[] = [];
      for (const [reader, owner] of listPairs(subject)) {
        const [appDid = NO_PROJECT] = await readProjects(subject, owner);
        const cursor = (await readCalls(subject, owner, appDid))?.nextCursor;
        const path = `${toPath('projectCalls', appDid)}?limit=1`;
        if (cursor != null) {
          const { status } = await sendRequest(
            subject,
            `${path}&cursor=${encodeURIComponent(cursor)}`,
            reader,
          );
          if (status === 200) faults.push('the cursor was accepted');
        }
        const etag = (await sendRequest(subject, '/overview', owner)).headers.get('etag') ?? '"x"';
        const headers = { 'if-none-match': etag };
        for (const who of [reader, SIGNED_OUT]) {
          const { status } = await sendRequest(subject, '/overview', who, { headers });
          if (status === 304) faults.push('the ETag was accepted');
        }
      }
      return { faults };
    },
  },
  {
    name: 'a file has only the projects and calls of its user',
    run: async (subject) => {
      const faults: string[] = [];
      for (const [reader, owner] of listPairs(subject)) {
        const own = new Set(await readProjects(subject, reader));
        const foreign = (await readProjects(subject, owner)).filter((did) => !own.has(did));
        for (const kind of ['calls', 'projects'] as const) {
          const path = `${EXPORT_ROUTES[kind]}?format=ndjson`;
          const { status, text } = await sendRequest(subject, path, reader);
          if (status !== 200) faults.push(`${path}: ${status}`);
          const seen = new Set(readProjectDids(text));
          faults.push(...foreign.filter((did) => seen.has(did)).map((did) => `${path}: ${did}`));
        }
        for (const kind of ['calls', 'trends', 'models'] as const) {
          const [appDid] = foreign;
          if (appDid === undefined) continue;
          const path = `${EXPORT_ROUTES[kind]}?format=csv&appDid=`;
          const reply = await sendRequest(subject, path + encodeURIComponent(appDid), reader);
          const missing = await sendRequest(subject, path + NO_PROJECT, reader);
          const isSame = toShape(reply, appDid) === toShape(missing, NO_PROJECT);
          if (reply.status !== 404 || !isSame) faults.push(`${path}${appDid}: ${reply.status}`);
        }
        for (const path of Object.values(EXPORT_ROUTES)) {
          const signedOut = await sendRequest(subject, `${path}?format=csv`, SIGNED_OUT);
          if (signedOut.status !== 401) faults.push(`${path}: ${signedOut.status} without a user`);
          const asked = await sendRequest(subject, `${path}?format=csv&userDid=true`, reader);
          if (asked.status !== 400) faults.push(`${path}?userDid: ${asked.status}`);
        }
      }
      return { faults };
    },
  },
  {
    name: 'no parameter changes the user of a request',
    run: async (subject) => {
      const faults: string[] = [];
      for (const { name } of ENDPOINT_LIST) {
        for (const parameter of ['userDid', 'allUsers', 'user', 'role']) {
          const { status } = await sendRequest(
            subject,
            `${toPath(name)}?${parameter}=true`,
            subject.userA,
          );
          if (status !== 400) faults.push(`${toPath(name)}?${parameter}: ${status}`);
        }
      }
      return { faults };
    },
  },
  {
    name: 'alternating users each get their own responses (no shared cache)',
    run: async (subject) => {
      const readSorted = async (user: User): Promise<string> =>
        (await readProjects(subject, user)).sort().join();
      const [a, b] = [await readSorted(subject.userA), await readSorted(subject.userB)];
      const again = [await readSorted(subject.userA), await readSorted(subject.userB)];
      const signedOut = await sendRequest(subject, '/projects?pageSize=100', SIGNED_OUT);
      return {
        faults: [
          ...(again[0] === a && again[1] === b ? [] : ['a user got the response of the other']),
          ...(signedOut.status === 401 ? [] : [`a request without a user got ${signedOut.status}`]),
        ],
      };
    },
  },
];

/** The projects of the rows of a file. */
function readProjectDids(file: string): unknown[] {
  const rows = file.split('\n').filter((line) => line.startsWith('{"record":"row"'));
  return rows.map((line) => (JSON.parse(line) as { appDid?: unknown }).appDid);
}

function listPairs({ userA, userB }: Subject): [reader: User, owner: User][] {
  return [
    [userA, userB],
    [userB, userA],
  ];
}

async function findForeignFaults(
  subject: Subject,
  reader: User,
  appDid: string,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name } of PROJECT_ENDPOINTS) {
    const foreign = await sendRequest(subject, toPath(name, appDid), reader);
    const missing = await sendRequest(subject, toPath(name, NO_PROJECT), reader);
    const same = toShape(foreign, appDid) === toShape(missing, NO_PROJECT);
    if (foreign.status !== 404 || !same) faults.push(`${name}: ${foreign.status} for "${appDid}"`);
  }
  return faults;
}
