import { getAuth } from '../../auth/lookUp.ts';
import { mergeUpdate } from '../../auth/mergeUpdate.ts';
import { planUpdate } from '../../auth/plan.ts';
import { badRequest } from '../../exceptions.ts';
import type { Input, Output, Services } from './handler.ts';

const TIMEOUT = 30_000; // ms

/** Previews an update, and writes nothing. */
export async function PlanUpdate(
  input: Input<'PlanUpdate'>,
  { store, secrets, provisioner }: Services,
): Promise<Output<'PlanUpdate'>> {
  const { appId, backendEnvironmentName: environment, resourceName, resourceConfig } = input;
  const auth = await getAuth(store.db, appId, environment, resourceName);
  const { bases, config, named } = mergeUpdate(auth, resourceConfig, secrets);
  const [before] = bases;
  const plan = planUpdate(bases, config, named);
  const update = { appId, environment, resourceName, before, config, plan, resources: auth.resources };
  const left = auth.unfinished?.left.map((note) => secrets.open(note)) ?? [];
  try {
    return { changes: [...(await provisioner.preview(update, left, AbortSignal.timeout(TIMEOUT)))] };
  } catch (error) {
    // The update would fail in the same way.
    throw badRequest((error as Error).message);
  }
}
