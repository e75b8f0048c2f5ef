import * as createCalls from './0001-create-calls.js';
import * as createRollups from './0002-create-rollups.js';
import * as createQuotaSnapshots from './0003-create-quota-snapshots.js';
import * as watchCalls from './0004-watch-calls.js';
import * as hostTables from './0005-host-tables.js';
import * as createEmbedGenerations from './0006-create-embed-generations.js';
import * as countEdits from './0007-count-edits.js';
import * as indexIds from './0008-index-ids.js';
import * as archiveCalls from './0009-archive-calls.js';
import * as countEditsInPostgres from './0010-count-edits-in-postgres.js';
import * as countRevisions from './0011-count-revisions.js';
import * as letCallsEnd from './0012-let-calls-end.js';
import * as createSecrets from './0013-create-secrets.js';
import * as countUnknown from './0014-count-unknown.js';
import * as plainRows from './0015-plain-rows.js';
import * as createViews from './0016-create-views.js';
import * as findProcessing from './0017-find-processing.js';

/** Every migration in order; names are kept in the host's database and never change. */
export const migrations = [
  { name: '0001-create-calls', ...createCalls },
  { name: '0002-create-rollups', ...createRollups },
  { name: '0003-create-quota-snapshots', ...createQuotaSnapshots },
  { name: '0004-watch-calls', ...watchCalls },
  { name: '0005-host-tables', ...hostTables },
  { name: '0006-create-embed-generations', ...createEmbedGenerations },
  { name: '0007-count-edits', ...countEdits },
  { name: '0008-index-ids', ...indexIds },
  { name: '0009-archive-calls', ...archiveCalls },
  { name: '0010-count-edits-in-postgres', ...countEditsInPostgres },
  { name: '0011-count-revisions', ...countRevisions },
  { name: '0012-let-calls-end', ...letCallsEnd },
  { name: '0013-create-secrets', ...createSecrets },
  { name: '0014-count-unknown', ...countUnknown },
  { name: '0015-plain-rows', ...plainRows },
  { name: '0016-create-views', ...createViews },
  { name: '0017-find-processing', ...findProcessing },
];
