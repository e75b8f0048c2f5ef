/** Makes a database as the Hub leaves it: `make-hub.ts FILE END_MS`. A separate process, because its copy of SQLite is not the Hub's. */
import { createHub, openHub } from '../../../packages/server-sdk/test/helpers/hub-database.js';
import { madeCalls } from './made-calls.js';

const [file = '', endMs = ''] = process.argv.slice(2);
const hub = openHub({ client: 'sqlite3', connection: { filename: file } });
await createHub(hub, madeCalls(Number(endMs)));
await hub.destroy();
