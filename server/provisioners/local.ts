import { createHash } from 'node:crypto';
import type { Resources } from '../store/backends.ts';
import type { AuthTarget, Provisioner } from './provisioner.ts';

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/**
 * Configures nothing outside: it invents the ids that Amazon Cognito would have given, in Cognito's own forms. They
 * follow from the resource's place and the time it was first applied, and stay the same from then on.
 */
export const local = (newId: () => string): Provisioner => ({
  async apply({ config, resources }: AuthTarget): Promise<Resources> {
    const made = resources ?? invent(newId());
    const withIdentityPool = config.authResources === 'IDENTITY_POOL_AND_USER_POOL';
    const { identityPoolId, ...rest } = made;
    if (!withIdentityPool) return rest;
    return { ...rest, identityPoolId: identityPoolId ?? `${REGION}:${newId()}` };
  },
});

function invent(seed: string): Resources {
  const userPoolId = `${REGION}_${characters(seed, 'pool', 9)}`;
  return {
    userPoolId,
    userPoolArn: `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${userPoolId}`,
    webClientId: characters(seed, 'web', 26).toLowerCase(),
    nativeClientId: characters(seed, 'native', 26).toLowerCase(),
  };
}

/** `length` letters and digits that follow from the seed and the use. */
function characters(seed: string, use: string, length: number): string {
  const digest = createHash('sha512').update(`${use}:${seed}`).digest('base64');
  return digest.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, length);
}
