import type { ImportMapping } from '../mapping.js';
import { REQUEST_SPAN } from '../otlp-records.js';
import type { Preset } from './preset.js';

/** Columns of the fields' names are what the reader of spans makes. */
const mapping: ImportMapping = {
  format: 'otlp',
  only: { path: 'span', is: [REQUEST_SPAN] },
  columns: {
    userDid: ['attributes.user.id', 'attributes.enduser.id', 'attributes.langfuse.user.id'],
    appDid: ['attributes.service.name'],
  },
};

/** Traces of OpenTelemetry in JSON. Spans of agents and tools repeat the tokens of the requests within them. */
export const OTLP: Preset = { files: 'traces of OTLP', mapping };
