import type { QueryInterface } from 'sequelize';

const INDEXES = {
  usage_kit_ModelCalls_userDid_callTime: '"userDid", "callTime"',
  usage_kit_ModelCalls_updatedAt: '"updatedAt"',
};

/** A migration of the Hub's: the indexes that `usage-kit doctor` misses. A later `changeColumn` of the table drops them again. */
export async function up({ context }: { context: QueryInterface }): Promise<void> {
  for (const [name, columns] of Object.entries(INDEXES)) {
    await context.sequelize.query(
      `create index if not exists "${name}" on "ModelCalls" (${columns})`,
    );
  }
}

/** Drops them. */
export async function down({ context }: { context: QueryInterface }): Promise<void> {
  for (const name of Object.keys(INDEXES)) {
    await context.sequelize.query(`drop index if exists "${name}"`);
  }
}
