import { WRITE_ENDPOINT_LIST } from '../http/endpoints/write-endpoints.js';
import { sendRequest, SIGNED_OUT, type Reply, type Subject } from './send-request.js';
import type { Check } from './check.js';

/** An id that no rule has, so that a request which passes by mistake changes nothing. */
const NO_ID = 'usage-kit-conformance-none';
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
];
