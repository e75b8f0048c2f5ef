import type { Advice } from '../contract/advice.js';
import type { AlertRule, AlertRuleBase, Budget } from '../contract/alerts.js';
import { WRITE_ENDPOINT_LIST } from '../http/endpoints/write-endpoints.js';
import { sendRequest, SIGNED_OUT, type Reply, type Subject } from './send-request.js';
import type { Check } from './check.js';

/** An id that no rule has, so that a request which passes by mistake changes nothing. */
const NO_ID = 'usage-kit-conformance-none';
/** Requests of each user on what the other has made. */
const MAX_OWNED = 20;
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** Headers that a browser sends for a page of another origin. */
const FOREIGN: readonly Record<string, string>[] = [
  { origin: 'https://usage-kit-conformance.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
];

/** Refused by every schema, so that a request which passes by mistake creates nothing. */
const BODY = '{"usageKitConformance":true}';

/** Sends a request to each writing endpoint. @returns a fault for each response that has another status */
async function findFaults(
  status: number,
  send: (path: string, method: string) => Promise<Reply>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { path, method } of WRITE_ENDPOINT_LIST) {
    const target = path.replaceAll(/:\w+/g, NO_ID);
    const reply = await send(target, method);
    if (reply.status !== status) faults.push(`${method} ${target}: ${reply.status}`);
  }
  return faults;
}

/** Sends a request that would write. */
function sendWrite(
  subject: Subject,
  { path, method }: { path: string; method: string },
  headers: Record<string, string>,
  user = subject.userA,
): Promise<Reply> {
  return sendRequest(subject, path, user, { method, headers, body: BODY });
}

/** What a user has that others might write. */
interface Owned {
  method: string;
  /** With an id for `:id`. */
  path: string;
  id: string;
  /** Changes nothing even where the request passes by mistake. */
  body: string;
}

/** Lists requests on what a user has made; rules of the host have one id for all. */
async function listOwned(subject: Subject, user: Subject['userA']): Promise<Owned[]> {
  const read = async <T>(path: string): Promise<readonly T[]> => {
    const { json, status } = await sendRequest(subject, path, user);
    return status === 200 ? (json as { items: readonly T[] }).items : [];
  };
  const toOwn = (items: readonly AlertRuleBase[]): readonly AlertRuleBase[] =>
    items.filter(({ owner }) => owner === 'user');
  const alerts = toOwn(await read<AlertRule>('/alerts'));
  const budgets = toOwn(await read<Budget>('/budgets'));
  const advice = await read<Advice['items'][number]>('/advice');
  return [
    ...alerts.map(({ id }) => ({ method: 'PATCH', path: '/alerts/:id', id, body: '{}' })),
    ...budgets.map(({ id }) => ({ method: 'PATCH', path: '/budgets/:id', id, body: '{}' })),
    ...[...alerts, ...budgets]
      .filter(({ snoozedUntil }) => snoozedUntil === null)
      .map(({ id }) => ({
        method: 'POST',
        path: '/alerts/:id/snooze',
        id,
        body: '{"until":null}',
      })),
    ...advice
      .filter(({ state }) => state === 'dismissed')
      .map(({ id }) => ({ method: 'POST', path: '/advice/:id/dismiss', id, body: '{}' })),
  ];
}

/** Sends requests of one user on what another has made. @returns a fault for each that is not answered as one on nothing */
async function findForeignWrites(
  subject: Subject,
  reader: Subject['userA'],
  owner: Subject['userA'],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { method, path, id, body } of (await listOwned(subject, owner)).slice(0, MAX_OWNED)) {
    const send = async (target: string): Promise<string> => {
      const request = { method, headers: JSON_TYPE, body };
      const reply = await sendRequest(subject, path.replace(':id', target), reader, request);
      return `${reply.status} ${reply.text.replaceAll(target, '…').replace(/"requestId":"[^"]*"/, '')}`;
    };
    const [theirs, none] = [await send(id), await send(NO_ID)];
    if (theirs !== none || !theirs.startsWith('404 ')) faults.push(`${method} ${path}: ${theirs}`);
  }
  return faults;
}

/** Checks that what writes cannot be reached by pages of others; all requests are such as must be refused. */
export const WRITE_CHECKS: Check[] = [
  {
    name: 'a page of another origin cannot write, by fetch or by form',
    run: async (subject) => {
      const faults: string[] = [];
      for (const foreign of FOREIGN) {
        const headers = { ...JSON_TYPE, ...foreign };
        faults.push(
          ...(await findFaults(403, (path, method) =>
            sendWrite(subject, { path, method }, headers),
          )),
        );
      }
      faults.push(
        ...(await findFaults(415, (path, method) =>
          sendWrite(subject, { path, method }, FORM_TYPE),
        )),
      );
      return { faults };
    },
  },
  {
    name: 'nothing is written without a user, or with members that there are not',
    run: async (subject) => ({
      faults: [
        ...(await findFaults(401, (path, method) =>
          sendWrite(subject, { path, method }, JSON_TYPE, SIGNED_OUT),
        )),
        ...(await findFaults(400, (path, method) =>
          sendWrite(subject, { path, method }, JSON_TYPE),
        )),
      ],
    }),
  },
  {
    // Of users without rules and advice there is nothing to write.
    name: "another user's rules and advice get the same response as none",
    run: async (subject) => {
      const { userA, userB } = subject;
      return {
        faults: [
          ...(await findForeignWrites(subject, userA, userB)),
          ...(await findForeignWrites(subject, userB, userA)),
        ],
      };
    },
  },
];
