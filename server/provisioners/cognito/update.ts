import { isEmpty, type UpdatePlan } from '../../auth/plan.ts';
import { type AuthUpdate, type Journal, type Resources, UnfinishedUpdate } from '../provisioner.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { describeAppClient } from './appClients.ts';
import { describeIdentityPool } from './identityPool.ts';
import { noteOf } from './putBack.ts';
import { readConfig } from './readConfig.ts';
import { runSteps, StepsFailed } from './step.ts';
import { type Found, readFound, stepsOf } from './steps.ts';
import { describeUserPool } from './userPool.ts';

/**
 * Reads, checks, and writes what the plan names over what it read. Puts that back where a write fails. A job that was cut
 * off finds in its journal what it had read, and goes on from there: what is there now may be its own doing.
 */
export async function update(
  cognito: Cognito,
  auth: AuthUpdate,
  journal: Journal,
  mayUndo: () => boolean,
): Promise<Resources> {
  const { resources } = auth;
  if (isEmpty(auth.plan)) return resources;
  const made: { identityPoolId?: string } = {};
  const noted = await journal.read();
  const resumes = noted !== undefined;
  const found: Found = resumes ? JSON.parse(noted) : await readFound(cognito, auth);
  const steps = stepsOf(cognito, auth, found, resumes, (id) => {
    made.identityPoolId = id;
  });
  if (!resumes && steps.length > 0) await journal.write(JSON.stringify(found));
  try {
    await runSteps(steps, resumes, mayUndo);
  } catch (error) {
    if (!(error instanceof StepsFailed) || error.left.length === 0) throw error;
    throw await unfinished(cognito, auth, found, error, made.identityPoolId);
  }
  return withIdentityPool(resources, auth.plan, made.identityPoolId);
}

function withIdentityPool(resources: Resources, plan: UpdatePlan, made: string | undefined): Resources {
  if (made === undefined && plan.identityPool !== 'remove') return resources;
  const { identityPoolId: _, ...rest } = resources;
  return {
    ...rest,
    ...(made !== undefined && { identityPoolId: made }),
    provisioner: 'cognito',
    adopted: rest.adopted.filter((thing) => thing !== 'identityPool'),
  };
}

/** Reads what is true after an update that was not put back whole. */
async function unfinished(
  cognito: Cognito,
  auth: AuthUpdate,
  found: Found,
  error: StepsFailed,
  made: string | undefined,
): Promise<Error> {
  const { plan, resources } = auth;
  try {
    // The client that was left changed tells more than the other one.
    const changed = error.left.find(({ step }) => step.resource === `app client ${resources.nativeClientId}`);
    const clientId = changed === undefined ? resources.webClientId : resources.nativeClientId;
    const pool = await describeUserPool(cognito, resources.userPoolId);
    const client = await describeAppClient(cognito, resources.userPoolId, clientId);
    const identityPoolId = made ?? resources.identityPoolId;
    const identityPool =
      identityPoolId === undefined ? undefined : await unlessMissing(describeIdentityPool(cognito, identityPoolId));
    const live = await readConfig(cognito, pool, client, identityPool);
    const { identityPoolId: _, ...rest } = made === undefined ? resources : withIdentityPool(resources, plan, made);
    const there = identityPool !== undefined && identityPoolId !== undefined && { identityPoolId };
    return new UnfinishedUpdate(error.message, live, { ...rest, ...there }, noteOf(auth, found, error.left));
  } catch (failure) {
    return new Error(`${error.message} What is there now could not be read: ${(failure as Error).message}`);
  }
}
