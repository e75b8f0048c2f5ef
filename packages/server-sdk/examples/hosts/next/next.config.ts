import type { NextConfig } from 'next';

/** Drivers and the SDK are loaded by Node, not bundled. */
const config: NextConfig = {
  serverExternalPackages: ['@usage-kit/server-sdk', 'knex', 'sqlite3'],
};

export default config;
