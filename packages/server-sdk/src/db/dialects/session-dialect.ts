/** How the connections of a server's pool are set up and checked. */
export interface SessionDialect {
  /** Statements that each new connection of a pool opened by the SDK runs. */
  required: readonly string[];
  /** Further ones, of which a server that does not know them may refuse each. */
  optional: readonly string[];
  /** Settings under which statements would fail or change fewer rows than they should, and the value each must have. */
  settings: Readonly<Record<string, string>>;
  /** Values of `sql_mode` that give statements another meaning. */
  refusedModes: readonly string[];
}

/** How long a session may hold locks without a statement, seconds; its client is gone then, or stopped. */
export const IDLE_IN_TRANSACTION_SECONDS = 60;
