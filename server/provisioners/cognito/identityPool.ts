import {
  CreateIdentityPoolCommand,
  DeleteIdentityPoolCommand,
  DescribeIdentityPoolCommand,
  type DescribeIdentityPoolCommandOutput,
  GetIdentityPoolRolesCommand,
  type IdentityPool,
  ListIdentityPoolsCommand,
  SetIdentityPoolRolesCommand,
  UpdateIdentityPoolCommand,
  type UpdateIdentityPoolCommandInput,
} from '@aws-sdk/client-cognito-identity';
import type { NewAuth } from '../provisioner.ts';
import { type Cognito, createOnce, unlessMissing } from './api.ts';
import type { AppClients } from './appClients.ts';
import type { Step } from './step.ts';
import { ownTags } from './tags.ts';
import { mark, TAG } from './userPool.ts';
import type { Whole } from './whole.ts';

/** A whole identity pool: what it is to be, beside its roles. */
export interface NewIdentityPool extends AppClients {
  readonly userPoolId: string;
}

const nameOf = ({ config, resourceName }: NewAuth): string =>
  config.identityPoolConfigs?.identityPoolName ?? resourceName;

const inputOf = (cognito: Cognito, auth: NewAuth, { userPoolId, webClientId, nativeClientId }: NewIdentityPool) => {
  const { unauthenticatedLogin = false } = auth.config.identityPoolConfigs ?? {};
  const ProviderName = `cognito-idp.${cognito.region}.amazonaws.com/${userPoolId}`;
  return {
    IdentityPoolName: nameOf(auth),
    AllowUnauthenticatedIdentities: unauthenticatedLogin,
    CognitoIdentityProviders: [nativeClientId, webClientId].map((ClientId) => ({ ProviderName, ClientId })),
    IdentityPoolTags: { [TAG]: mark(auth) },
  };
};

/**
 * Makes the identity pool with its roles, or finishes the one that a job which was cut off had made. `onMade` hears of
 * its id as soon as there is one.
 */
export async function createIdentityPool(
  cognito: Cognito,
  auth: NewAuth,
  about: NewIdentityPool,
  onMade: (id: string) => void,
): Promise<void> {
  const input = inputOf(cognito, auth, about);
  const found = await findOwnIdentityPool(cognito, auth);
  if (found !== undefined) {
    onMade(found);
    await write(cognito, { ...(await describeIdentityPool(cognito, found)), ...input });
    await setRoles(cognito, found);
    return;
  }
  const command = new CreateIdentityPoolCommand(input);
  const created = await createOnce(
    async () => {
      const { IdentityPoolId } = await cognito.identityPools(`identity pool ${input.IdentityPoolName}`, command);
      if (IdentityPoolId === undefined) throw new Error('Cognito created an identity pool without an id.');
      return IdentityPoolId;
    },
    () => findOwnIdentityPool(cognito, auth),
  );
  onMade(created);
  await setRoles(cognito, created);
}

/** The step that makes the identity pool of a resource that had none; `onMade` hears of its id. */
export function makeIdentityPoolStep(
  cognito: Cognito,
  auth: NewAuth,
  about: NewIdentityPool,
  onMade: (id: string) => void,
): Step {
  const { authenticated, unauthenticated } = cognito.roles;
  const input = inputOf(cognito, auth, about);
  let made: string | undefined;
  return {
    resource: `identity pool ${input.IdentityPoolName}`,
    isSeveral: true,
    before: undefined,
    after: { ...input, ...(authenticated && { authenticated }), ...(unauthenticated && { unauthenticated }) },
    read: async () => {
      const id = await findOwnIdentityPool(cognito, auth);
      return id === undefined ? undefined : wholeIdentityPool(await describeIdentityPool(cognito, id));
    },
    run: () =>
      createIdentityPool(cognito, auth, about, (id) => {
        made = id;
        onMade(id);
      }),
    undo: async () => {
      const id = made ?? (await findOwnIdentityPool(cognito, auth));
      if (id !== undefined) await deleteIdentityPool(cognito, id);
    },
  };
}

/** The step that lets guests in, or no longer. */
export function guestsStep(cognito: Cognito, live: IdentityPool, AllowUnauthenticatedIdentities: boolean): Step[] {
  if (live.AllowUnauthenticatedIdentities === AllowUnauthenticatedIdentities) return [];
  const after = { ...live, AllowUnauthenticatedIdentities };
  return [
    {
      resource: `identity pool ${live.IdentityPoolId}`,
      before: wholeIdentityPool(live),
      after: wholeIdentityPool(after),
      read: async () => wholeIdentityPool(await describeIdentityPool(cognito, live.IdentityPoolId ?? '')),
      run: () => write(cognito, after),
      undo: () => write(cognito, live),
    },
  ];
}

/** The step that deletes the identity pool. There is no way back: another one would have another id. */
export const deleteIdentityPoolStep = (cognito: Cognito, id: string): Step => ({
  resource: `identity pool ${id}`,
  isFinal: true,
  before: { IdentityPoolId: id },
  after: undefined,
  read: async () =>
    (await unlessMissing(describeIdentityPool(cognito, id))) === undefined ? undefined : { IdentityPoolId: id },
  run: () => deleteIdentityPool(cognito, id),
  undo: async () => {
    if ((await unlessMissing(describeIdentityPool(cognito, id))) === undefined) throw new Error('it is deleted');
  },
});

export async function describeIdentityPool(cognito: Cognito, IdentityPoolId: string): Promise<IdentityPool> {
  return cognito.identityPools<DescribeIdentityPoolCommandOutput>(
    `identity pool ${IdentityPoolId}`,
    new DescribeIdentityPoolCommand({ IdentityPoolId }),
  );
}

/** UpdateIdentityPool resets the members that it is not given, so all of them go back with it. */
const wholeIdentityPool = (pool: IdentityPool): Whole<UpdateIdentityPoolCommandInput> => ({
  IdentityPoolId: pool.IdentityPoolId,
  IdentityPoolName: pool.IdentityPoolName,
  AllowUnauthenticatedIdentities: pool.AllowUnauthenticatedIdentities,
  AllowClassicFlow: pool.AllowClassicFlow,
  SupportedLoginProviders: pool.SupportedLoginProviders,
  DeveloperProviderName: pool.DeveloperProviderName,
  OpenIdConnectProviderARNs: pool.OpenIdConnectProviderARNs,
  CognitoIdentityProviders: pool.CognitoIdentityProviders,
  SamlProviderARNs: pool.SamlProviderARNs,
  IdentityPoolTags: ownTags(pool.IdentityPoolTags),
});

async function write(cognito: Cognito, pool: IdentityPool): Promise<void> {
  const { IdentityPoolId, IdentityPoolName, AllowUnauthenticatedIdentities } = pool;
  const input = { ...wholeIdentityPool(pool), IdentityPoolId, IdentityPoolName, AllowUnauthenticatedIdentities };
  await cognito.identityPools(`identity pool ${IdentityPoolId}`, new UpdateIdentityPoolCommand(input));
}

/** Gives a new pool the roles that this server knows. Later they are not touched. */
async function setRoles(cognito: Cognito, IdentityPoolId: string): Promise<void> {
  const { authenticated, unauthenticated } = cognito.roles;
  if (authenticated === undefined && unauthenticated === undefined) return;
  const Roles = { ...(authenticated && { authenticated }), ...(unauthenticated && { unauthenticated }) };
  const command = new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles });
  await cognito.identityPools(`identity pool ${IdentityPoolId}`, command);
}

export async function readRoles(cognito: Cognito, IdentityPoolId: string): Promise<Record<string, string>> {
  const command = new GetIdentityPoolRolesCommand({ IdentityPoolId });
  return (await cognito.identityPools(`identity pool ${IdentityPoolId}`, command)).Roles ?? {};
}

export async function deleteIdentityPool(cognito: Cognito, IdentityPoolId: string): Promise<void> {
  const command = new DeleteIdentityPoolCommand({ IdentityPoolId });
  await unlessMissing(cognito.identityPools(`identity pool ${IdentityPoolId}`, command));
}

/** The pool that a job which was cut off had made. */
export async function findOwnIdentityPool(cognito: Cognito, auth: NewAuth): Promise<string | undefined> {
  const name = nameOf(auth);
  let NextToken: string | undefined;
  do {
    const page = await cognito.identityPools(
      'identity pools',
      new ListIdentityPoolsCommand({ MaxResults: 60, NextToken }),
    );
    for (const { IdentityPoolId, IdentityPoolName } of page.IdentityPools ?? []) {
      if (IdentityPoolId === undefined || IdentityPoolName !== name) continue;
      const pool = await unlessMissing(describeIdentityPool(cognito, IdentityPoolId));
      if (pool?.IdentityPoolTags?.[TAG] === mark(auth)) return IdentityPoolId;
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}
