import { ApiException, createClient, NotFoundException } from '../../client/admin.ts';
import type { Connection } from './connection.ts';
import { UsageError } from './flags.ts';

type Input = Parameters<ReturnType<typeof createClient>['planUpdate']>[0];

/** Lists the changes an update would make outside the server. Nothing is updated. */
export async function previewOf({ baseUrl, fetch }: Connection, input: object): Promise<object> {
  // The admin surface is not below /prod.
  const { origin } = new URL(baseUrl);
  try {
    const plan = await createClient({ baseUrl: origin, fetch }).planUpdate(input as Input);
    if (plan.changes.length === 0) console.error('Nothing would change outside of the server.');
    return plan;
  } catch (error) {
    const isAbsent = error instanceof ApiException && error.status === 404 && !isResource(error);
    if (isAbsent) throw new UsageError(`The server at ${origin} has no /admin, which previews. Start it with --admin.`);
    throw error;
  }
}

/** Whether it is the resource that is missing, and not the surface. */
const isResource = (error: ApiException): boolean =>
  error instanceof NotFoundException && error.resourceType !== undefined;
