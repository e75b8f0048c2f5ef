import type { ProjectCalls } from '../contract/project-calls.js';
import type { Projects } from '../contract/projects.js';
import { sendRequest, toPath, type Subject } from './send-request.js';
import type { Check } from './check.js';

/** Texts that end a literal of SQL that is quoted incorrectly, under different `sql_mode`s. */
const SQL_TEXTS = [
  `' or 1=1) or (1=1) -- `,
  `\\' or 1=1) -- `,
  `" or ""="`,
  `') union select 1 -- `,
];

interface OwnCalls {
  appDid: string;
  calls: ProjectCalls;
}

/** Reads a project of user A with its newest call; `null` where there is none. */
async function readOwnCalls(subject: Subject): Promise<OwnCalls | null> {
  const projects = await sendRequest(subject, '/projects?pageSize=100', subject.userA);
  for (const { appDid } of (projects.json as Projects | null)?.items ?? []) {
    const { status, json } = await sendRequest(
      subject,
      `${toPath('projectCalls', appDid)}?limit=1`,
      subject.userA,
    );
    if (status === 200) return { appDid, calls: json as ProjectCalls };
  }
  return null;
}

/** Makes cursors that the server did not issue: invented ones, and a real one that is changed, truncated or extended. */
function forgeCursors(real: string | null): string[] {
  const invented = [
    ...[[1, '', 0, 8.64e15, 8.64e15, 'x'], [2, '', 0, 8.64e15, 8.64e15, 'x'], {}, null].map(
      (fields) => Buffer.from(JSON.stringify(fields)).toString('base64url'),
    ),
    'x',
    '.',
    'e30.e30.e30',
  ];
  if (real === null) return invented;
  const middle = Math.floor(real.length / 3);
  const changed = real[middle] === 'A' ? 'B' : 'A';
  return [
    ...invented,
    real.slice(0, middle) + changed + real.slice(middle + 1),
    real.slice(0, -2),
    real.split('.')[0] ?? '',
    `${real}A`,
  ];
}

/** Finds links of a response that are unsafe as `href`: they run code, or leave the page's origin unnoticed. */
function findBadLinks(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => findBadLinks(item, name));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => findBadLinks(member, key));
  }
  const isLink = /url$/i.test(name) && typeof value === 'string';
  return isLink && !/^(https?:\/\/[^\s\\]+|\/(?!\/)[^\s\\]*)$/i.test(value) ? [name] : [];
}

/** Checks that input of clients, providers and names is treated as data. */
export const FORGERY_CHECKS: Check[] = [
  {
    name: 'a cursor that the server did not make is refused',
    run: async (subject) => {
      const own = await readOwnCalls(subject);
      if (own === null) return { inconclusive: 'A needs a project with calls' };
      const faults: string[] = [];
      for (const cursor of forgeCursors(own.calls.nextCursor)) {
        const query = `limit=1&cursor=${encodeURIComponent(cursor)}`;
        const path = `${toPath('projectCalls', own.appDid)}?${query}`;
        const { status } = await sendRequest(subject, path, subject.userA);
        if (status !== 400) faults.push(`${status} for the cursor "${cursor.slice(0, 40)}"`);
      }
      return { faults };
    },
  },
  {
    name: 'responses have only web links and paths of the own origin',
    run: async (subject) => {
      const faults: string[] = [];
      for (const path of ['/quota', '/quota-details?pageSize=100', '/projects?pageSize=100']) {
        const { json } = await sendRequest(subject, path, subject.userA);
        faults.push(...findBadLinks(json).map((name) => `${path}: ${name}`));
      }
      return { faults: [...new Set(faults)] };
    },
  },
  {
    name: 'a text that could be SQL is treated as text',
    run: async (subject) => {
      const own = await readOwnCalls(subject);
      if (own === null) return { inconclusive: 'A needs a project with calls' };
      const faults: string[] = [];
      for (const text of SQL_TEXTS) {
        for (const parameter of ['search', 'model']) {
          const query = `${parameter}=${encodeURIComponent(text)}`;
          const path = `${toPath('projectCalls', own.appDid)}?${query}`;
          const { status, json } = await sendRequest(subject, path, subject.userA);
          const found = (json as ProjectCalls | null)?.items.length ?? 0;
          if (status !== 200 || found > 0) faults.push(`${parameter}: ${status}, ${found} calls`);
        }
        const { status } = await sendRequest(subject, toPath('projectStats', text), subject.userA);
        if (status !== 404) faults.push(`a project in the path: ${status}`);
      }
      return { faults };
    },
  },
  {
    name: 'an impossible name is no project, and no error of the server',
    run: async (subject) => {
      const faults: string[] = [];
      const names: [segment: string, status: number][] = [
        ['%00', 404],
        ['a%0Ab', 404],
        ['x'.repeat(300), 404],
        ['%ED%A0%80', 400],
        ['%', 400],
      ];
      for (const [segment, expected] of names) {
        const { status } = await sendRequest(subject, `/projects/${segment}/stats`, subject.userA);
        if (status !== expected) faults.push(`${segment.slice(0, 12)}: ${status}, not ${expected}`);
      }
      return { faults };
    },
  },
  {
    name: 'entity tags differ between users, and `If-None-Match: *` hides no error',
    run: async (subject) => {
      const faults: string[] = [];
      const [a, b] = [
        await sendRequest(subject, '/overview', subject.userA),
        await sendRequest(subject, '/overview', subject.userB),
      ];
      const tag = a.headers.get('etag');
      if (tag !== null && tag === b.headers.get('etag'))
        faults.push('A and B have the same entity tag');
      const headers = { 'if-none-match': '*' };
      const wrong: [path: string, status: number][] = [
        ['/overview?nonsense=1', 400],
        [toPath('projectStats'), 404],
      ];
      for (const [path, expected] of wrong) {
        const { status } = await sendRequest(subject, path, subject.userA, { headers });
        if (status !== expected) faults.push(`${path}: ${status}, not ${expected}`);
      }
      return { faults };
    },
  },
];
