import type { ProjectCalls } from '../contract/project-calls.js';
import type { Projects } from '../contract/projects.js';
import { ask, toPath, type Subject } from './ask.js';
import type { Check } from './check.js';

/** Texts that end a literal of SQL where they are not quoted as they should be, under one `sql_mode` or another. */
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

/** A project of user A with its newest calls; `null` where there are none. */
async function ownCalls(subject: Subject): Promise<OwnCalls | null> {
  const projects = await ask(subject, '/projects?pageSize=100', subject.userA);
  for (const { appDid } of (projects.json as Projects | null)?.items ?? []) {
    const { status, json } = await ask(
      subject,
      `${toPath('projectCalls', appDid)}?limit=1`,
      subject.userA,
    );
    if (status === 200) return { appDid, calls: json as ProjectCalls };
  }
  return null;
}

/** Cursors that no server made: invented ones, and its own with a character changed, cut or put on. */
function forgedCursors(real: string | null): string[] {
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

/** Links of an answer that would run something, or leave the page's origin unnoticed, where a page puts them into `href`. */
function badLinks(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => badLinks(item, name));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => badLinks(member, key));
  }
  const isLink = /url$/i.test(name) && typeof value === 'string';
  return isLink && !/^(https?:\/\/[^\s\\]+|\/(?!\/)[^\s\\]*)$/i.test(value) ? [name] : [];
}

/** That nothing a client, a provider or a name brings along is taken for more than it is. */
export const FORGERY_CHECKS: Check[] = [
  {
    name: 'a cursor that the server did not make is refused',
    run: async (subject) => {
      const own = await ownCalls(subject);
      if (own === null) return { inconclusive: 'A needs a project with calls' };
      const faults: string[] = [];
      for (const cursor of forgedCursors(own.calls.nextCursor)) {
        const query = `limit=1&cursor=${encodeURIComponent(cursor)}`;
        const path = `${toPath('projectCalls', own.appDid)}?${query}`;
        const { status } = await ask(subject, path, subject.userA);
        if (status !== 400) faults.push(`${status} for the cursor "${cursor.slice(0, 40)}"`);
      }
      return { faults };
    },
  },
  {
    name: 'only web links and paths of the own origin leave the server',
    run: async (subject) => {
      const faults: string[] = [];
      for (const path of ['/quota', '/quota-details?pageSize=100', '/projects?pageSize=100']) {
        const { json } = await ask(subject, path, subject.userA);
        faults.push(...badLinks(json).map((name) => `${path}: ${name}`));
      }
      return { faults: [...new Set(faults)] };
    },
  },
  {
    name: 'a text that could be SQL is a text',
    run: async (subject) => {
      const own = await ownCalls(subject);
      if (own === null) return { inconclusive: 'A needs a project with calls' };
      const faults: string[] = [];
      for (const text of SQL_TEXTS) {
        for (const parameter of ['search', 'model']) {
          const query = `${parameter}=${encodeURIComponent(text)}`;
          const path = `${toPath('projectCalls', own.appDid)}?${query}`;
          const { status, json } = await ask(subject, path, subject.userA);
          const found = (json as ProjectCalls | null)?.items.length ?? 0;
          if (status !== 200 || found > 0) faults.push(`${parameter}: ${status}, ${found} calls`);
        }
        const { status } = await ask(subject, toPath('projectStats', text), subject.userA);
        if (status !== 404) faults.push(`a project in the path: ${status}`);
      }
      return { faults };
    },
  },
  {
    name: 'a name that nothing can have is no project, and no error of the server’s',
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
        const { status } = await ask(subject, `/projects/${segment}/stats`, subject.userA);
        if (status !== expected) faults.push(`${segment.slice(0, 12)}: ${status}, not ${expected}`);
      }
      return { faults };
    },
  },
  {
    name: 'tags are a user’s own, and `If-None-Match: *` hides no error',
    run: async (subject) => {
      const faults: string[] = [];
      const [a, b] = [
        await ask(subject, '/overview', subject.userA),
        await ask(subject, '/overview', subject.userB),
      ];
      const tag = a.headers.get('etag');
      if (tag !== null && tag === b.headers.get('etag')) faults.push('A and B have one tag');
      const headers = { 'if-none-match': '*' };
      const wrong: [path: string, status: number][] = [
        ['/overview?nonsense=1', 400],
        [toPath('projectStats'), 404],
      ];
      for (const [path, expected] of wrong) {
        const { status } = await ask(subject, path, subject.userA, { headers });
        if (status !== expected) faults.push(`${path}: ${status}, not ${expected}`);
      }
      return { faults };
    },
  },
];
