/** Every table of this migration. */
export const TABLES = [
  'model_alert_rules',
  'model_alert_states',
  'model_alert_users',
  'model_alert_backdated',
];

/**
 * The statements that make the tables.
 *
 * @param collation of MySQL or MariaDB: the one that takes no two texts for equal
 */
export function listTables(
  database: 'sqlite' | 'postgres' | 'mysql',
  collation: string,
): readonly string[] {
  const isMysql = database === 'mysql';
  const end = isMysql ? `) collate ${collation}` : ')';
  const longText = isMysql ? 'mediumtext' : 'text';
  const dueIndex = 'model_alert_users_due';
  return [
    `create table model_alert_rules (
      user_did varchar(255) not null,
      rule_id varchar(64) not null,
      -- alert or budget.
      kind varchar(16) not null,
      -- JSON, see alerts/model/rule-definition.ts.
      definition text not null,
      created_at_ms bigint not null,
      updated_at_ms bigint not null,
      primary key (user_did, rule_id)
    ${end}`,
    // Of rules in model_alert_rules and of those of the host, which are in its options.
    `create table model_alert_states (
      user_did varchar(255) not null,
      rule_id varchar(64) not null,
      -- JSON, see alerts/model/rule-state.ts; null before the first evaluation.
      state text,
      acknowledged_at_ms bigint,
      snoozed_until_ms bigint,
      primary key (user_did, rule_id)
    ${end}`,
    `create table model_alert_users (
      user_did varchar(255) not null primary key,
      -- How often rules or states of the user changed; fences an evaluation that another has overtaken.
      revision bigint not null default 0,
      -- When the rules are to be evaluated though no call is recorded, epoch ms; null: never.
      due_at_ms bigint
      ${isMysql ? `, key ${dueIndex} (due_at_ms)` : ''}
    ${end}`,
    ...(isMysql ? [] : [`create index ${dueIndex} on model_alert_users (due_at_ms)`]),
    // What calls amount to that were recorded long after they ended, or imported, by quarters of an hour.
    `create table model_alert_backdated (
      user_did varchar(255) not null,
      quarter_ms bigint not null,
      -- JSON, see aggregates/store/backdated-store.ts.
      parts ${longText} not null,
      primary key (user_did, quarter_ms)
    ${end}`,
  ];
}
