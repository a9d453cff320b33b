import { createHash } from 'node:crypto';
import { ADOPTED, type Provisioner, type Resources } from './provisioner.ts';

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/**
 * Configures nothing outside: it invents the ids that Amazon Cognito would have given, in Cognito's own forms, once for
 * each resource. What is imported is taken to exist, with nothing known of it but its ids.
 */
export const local = (newId: () => string): Provisioner => ({
  concurrency: Number.POSITIVE_INFINITY,

  async apply({ config, resources }) {
    const made = resources ?? invent(newId());
    const { identityPoolId, ...rest } = made;
    if (config.authResources === 'USER_POOL_ONLY') return rest;
    return { ...rest, identityPoolId: identityPoolId ?? `${REGION}:${newId()}` };
  },

  async remove() {},

  async adopt({ resourceName }, ids) {
    const { identityPoolId, ...clients } = ids;
    const withIdentityPool = identityPoolId !== undefined;
    return {
      config: {
        authResources: withIdentityPool ? 'IDENTITY_POOL_AND_USER_POOL' : 'USER_POOL_ONLY',
        service: 'COGNITO',
        userPoolConfigs: { requiredSignUpAttributes: ['EMAIL'], signInMethod: 'USERNAME', userPoolName: resourceName },
        ...(withIdentityPool && {
          identityPoolConfigs: { identityPoolName: resourceName, unauthenticatedLogin: false },
        }),
      },
      resources: {
        ...clients,
        userPoolArn: userPoolArn(ids.userPoolId),
        ...(withIdentityPool && { identityPoolId }),
        [ADOPTED]: 'true',
      },
    };
  },
});

function invent(seed: string): Resources {
  const userPoolId = `${REGION}_${characters(seed, 'pool', 9)}`;
  return {
    userPoolId,
    userPoolArn: userPoolArn(userPoolId),
    webClientId: characters(seed, 'web', 26).toLowerCase(),
    nativeClientId: characters(seed, 'native', 26).toLowerCase(),
  };
}

const userPoolArn = (id: string): string => `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${id}`;

/** `length` letters and digits that follow from the seed and the use. */
function characters(seed: string, use: string, length: number): string {
  const digest = createHash('sha512').update(`${use}:${seed}`).digest('base64');
  return digest.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, length);
}
