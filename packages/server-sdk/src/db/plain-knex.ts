import type { Knex } from 'knex';

/** The settings that change names on their way in and rows on their way out. */
type Mappers = Pick<Knex.Config, 'postProcessResponse' | 'wrapIdentifier'>;

/**
 * The same connections without the host's mappers. `knexSnakeCaseMappers()` and the like would change names of tables and
 * columns in the SDK's statements, and the keys of its rows.
 *
 * The host's instance is not changed; a copy uses its pool.
 */
export function withoutMappers(knex: Knex): Knex {
  const { config } = knex.client as { config: Mappers };
  if (config.wrapIdentifier === undefined && config.postProcessResponse === undefined) return knex;
  const copy = knex.withUserParams(knex.userParams);
  // A copy of the settings, which transactions, schema builders and migrations of this instance share.
  const client = copy.client as { config: Mappers };
  delete client.config.wrapIdentifier;
  delete client.config.postProcessResponse;
  return copy;
}
