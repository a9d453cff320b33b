import type { Kysely } from 'kysely';

/** The columns of the schema that this migration reads and writes. */
interface Before {
  auth_resource: { app_id: string; environment: string; resources: string };
}

/** The resources of an authentication resource get a type, and a job a journal. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const before = db as Kysely<Before>;
  const rows = await before.selectFrom('auth_resource').select(['app_id', 'environment', 'resources']).execute();
  for (const { app_id, environment, resources } of rows) {
    await before
      .updateTable('auth_resource')
      .set({ resources: JSON.stringify(typedResources(JSON.parse(resources))) })
      .where('app_id', '=', app_id)
      .where('environment', '=', environment)
      .execute();
  }
  await db.schema
    .createTable('job_journal')
    .addColumn('job_id', 'text', (column) => column.primaryKey())
    .addColumn('entry', 'text', (column) => column.notNull())
    .execute();
}

/** The account of the ids that the local provisioner invents. */
const INVENTED = ':000000000000:';

/**
 * Resources were a map of strings. `adopted` was `true` where the local provisioner had imported them, and the names of
 * the imported ids, separated by spaces, where Cognito's had. A state that was exported may still have that form.
 */
export function typedResources(resources: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { adopted } = resources;
  if (Array.isArray(adopted)) return resources;
  const { domain: _domain, ...ids } = resources;
  const isLocal = adopted === 'true' || String(resources.userPoolArn).includes(INVENTED);
  const things = ['userPool', 'identityPool'].filter((thing) => {
    if (resources[`${thing}Id`] === undefined || typeof adopted !== 'string') return false;
    return adopted === 'true' || adopted.split(' ').includes(`${thing}Id`);
  });
  return { provisioner: isLocal ? 'local' : 'cognito', ...ids, adopted: things };
}
