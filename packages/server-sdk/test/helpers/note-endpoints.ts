import { z } from 'zod';
import { UsageError } from '../../src/errors.js';
import { defineWriteEndpoint } from '../../src/http/endpoints/define-write-endpoint.js';

/** What was written, failures still to come, and what attempts wait for. */
export const written = {
  notes: [] as object[],
  failures: 0,
  gate: null as Promise<void> | null,
};

const note = defineWriteEndpoint({
  route: { method: 'POST', path: '/notes/:noteId' },
  name: 'writeNote',
  summary: 'A note',
  scope: 'alerts:write',
  body: z.strictObject({ text: z.string().max(70_000) }),
  response: z.object({ id: z.string(), text: z.string() }),
  status: 201,
  handle: async (_deps, { userDid, projects, params, newId, body }) => {
    if (written.gate !== null) await written.gate;
    if (written.failures > 0) {
      written.failures -= 1;
      throw new UsageError('DATABASE_BUSY', 'Busy.');
    }
    written.notes.push({ userDid, projects, ...params, text: body.text });
    return { id: newId, text: body.text };
  },
});
const remove = defineWriteEndpoint({
  route: { method: 'DELETE', path: '/notes/:noteId' },
  name: 'deleteNote',
  summary: 'No note',
  scope: 'alerts:write',
  body: null,
  response: null,
  handle: (_deps, { userDid, params }) => {
    written.notes.push({ userDid, deleted: params['noteId'] });
    return Promise.resolve(null);
  },
});

/** An endpoint of each kind, in place of those of the contract: what is tested is what all of them share. */
export const NOTE_ENDPOINTS = { WRITE_ENDPOINTS: {}, WRITE_ENDPOINT_LIST: [note, remove] };
