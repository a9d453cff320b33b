import {
  CreateUserPoolDomainCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Cognito, createOnce, unlessMissing } from './api.ts';

/** Gives the pool the domain that is wanted, in place of the one it has; undefined takes it away. */
export async function setDomain(
  cognito: Cognito,
  userPoolId: string,
  current: string | undefined,
  wanted: string | undefined,
): Promise<void> {
  const owner = wanted === undefined ? undefined : await ownerOf(cognito, wanted);
  if (owner !== undefined && owner !== userPoolId) {
    throw new Error(`The domain ${wanted} is not available: another user pool has it.`);
  }
  // A domain is not renamed: UpdateUserPoolDomain is for custom domains only.
  if (current !== undefined && current !== wanted) await deleteDomain(cognito, userPoolId, current);
  if (wanted !== undefined && owner === undefined) {
    const command = new CreateUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: wanted });
    await createOnce<object>(
      () => cognito.userPools(`domain ${wanted}`, command),
      async () => ((await ownerOf(cognito, wanted)) === userPoolId ? {} : undefined),
    );
  }
}

/** Deletes the domain if it is this pool's. */
export async function deleteDomain(cognito: Cognito, userPoolId: string, domain: string): Promise<void> {
  if ((await ownerOf(cognito, domain)) !== userPoolId) return;
  const command = new DeleteUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain });
  await unlessMissing(cognito.userPools(`domain ${domain}`, command));
}

async function ownerOf(cognito: Cognito, domain: string): Promise<string | undefined> {
  const command = new DescribeUserPoolDomainCommand({ Domain: domain });
  const found = await unlessMissing(cognito.userPools(`domain ${domain}`, command));
  return found?.DomainDescription?.UserPoolId;
}
