import {
  CreateIdentityPoolCommand,
  DeleteIdentityPoolCommand,
  DescribeIdentityPoolCommand,
  GetIdentityPoolRolesCommand,
  ListIdentityPoolsCommand,
  SetIdentityPoolRolesCommand,
  UpdateIdentityPoolCommand,
} from '@aws-sdk/client-cognito-identity';
import type { AuthTarget } from '../provisioner.ts';
import { type Cognito, createOnce, unlessMissing } from './api.ts';
import type { AppClients } from './appClients.ts';
import { mark, TAG } from './userPool.ts';

/** Brings the identity pool to the configuration and answers its id; `onMade` is told it at once where it is new. */
export async function putIdentityPool(
  cognito: Cognito,
  target: AuthTarget,
  userPoolId: string,
  { webClientId, nativeClientId }: AppClients,
  onMade: (id: string) => void,
): Promise<string> {
  const { identityPoolName = target.resourceName, unauthenticatedLogin = false } =
    target.config.identityPoolConfigs ?? {};
  const ProviderName = `cognito-idp.${cognito.region}.amazonaws.com/${userPoolId}`;
  const input = {
    AllowUnauthenticatedIdentities: unauthenticatedLogin,
    CognitoIdentityProviders: [nativeClientId, webClientId].map((ClientId) => ({ ProviderName, ClientId })),
  };
  const stored = target.resources?.identityPoolId;
  const known = stored ?? (await findOwn(cognito, target, identityPoolName));
  if (known !== undefined) {
    if (stored === undefined) onMade(known);
    const about = `identity pool ${known}`;
    const described = await cognito.identityPools(about, new DescribeIdentityPoolCommand({ IdentityPoolId: known }));
    const { $metadata: _metadata, ...kept } = described as typeof described & { $metadata?: unknown };
    // UpdateIdentityPool sets what it is not given to its default; other providers of the pool stay.
    const others = (described.CognitoIdentityProviders ?? []).filter((other) => other.ProviderName !== ProviderName);
    const CognitoIdentityProviders = [...input.CognitoIdentityProviders, ...others];
    await cognito.identityPools(about, new UpdateIdentityPoolCommand({ ...kept, ...input, CognitoIdentityProviders }));
    await setRoles(cognito, known);
    return known;
  }
  const IdentityPoolTags = { [TAG]: mark(target) };
  const command = new CreateIdentityPoolCommand({ IdentityPoolName: identityPoolName, ...input, IdentityPoolTags });
  const created = await createOnce(
    async () => {
      const { IdentityPoolId } = await cognito.identityPools(`identity pool ${identityPoolName}`, command);
      if (IdentityPoolId === undefined) throw new Error('Cognito created an identity pool without an id.');
      return IdentityPoolId;
    },
    () => findOwn(cognito, target, identityPoolName),
  );
  onMade(created);
  await setRoles(cognito, created);
  return created;
}

/** Gives the pool the roles that this server was told of; without any it leaves those that the pool has. */
async function setRoles(cognito: Cognito, IdentityPoolId: string): Promise<void> {
  const { authenticated, unauthenticated } = cognito.roles;
  if (authenticated === undefined && unauthenticated === undefined) return;
  const about = `identity pool ${IdentityPoolId}`;
  // SetIdentityPoolRoles replaces all of them, and the rules that map users to roles.
  const current = await cognito.identityPools(about, new GetIdentityPoolRolesCommand({ IdentityPoolId }));
  const Roles = {
    ...current.Roles,
    ...(authenticated !== undefined && { authenticated }),
    ...(unauthenticated !== undefined && { unauthenticated }),
  };
  const RoleMappings = current.RoleMappings;
  await cognito.identityPools(about, new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles, RoleMappings }));
}

export async function deleteIdentityPool(cognito: Cognito, IdentityPoolId: string): Promise<void> {
  const command = new DeleteIdentityPoolCommand({ IdentityPoolId });
  await unlessMissing(cognito.identityPools(`identity pool ${IdentityPoolId}`, command));
}

/** The pool that a job which was cut off had made. */
async function findOwn(cognito: Cognito, target: AuthTarget, name: string): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const page = await cognito.identityPools(
      'identity pools',
      new ListIdentityPoolsCommand({ MaxResults: 60, NextToken }),
    );
    for (const { IdentityPoolId, IdentityPoolName } of page.IdentityPools ?? []) {
      if (IdentityPoolId === undefined || IdentityPoolName !== name) continue;
      const command = new DescribeIdentityPoolCommand({ IdentityPoolId });
      const pool = await unlessMissing(cognito.identityPools(`identity pool ${IdentityPoolId}`, command));
      if (pool?.IdentityPoolTags?.[TAG] === mark(target)) return IdentityPoolId;
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}
