import { createHash } from 'node:crypto';
import type { Provisioner, Resources } from './provisioner.ts';

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/**
 * Configures nothing outside. Invents the ids that Amazon Cognito would give, in Cognito's own forms, once for each
 * resource. Takes it on trust that what is imported exists, and knows nothing of it but its ids.
 */
export const local = (newId: () => string): Provisioner => ({
  concurrency: Number.POSITIVE_INFINITY,

  async provision({ config }) {
    const made = invent(newId());
    if (config.authResources === 'USER_POOL_ONLY') return made;
    return { ...made, identityPoolId: `${REGION}:${newId()}` };
  },

  async update({ config, resources }) {
    if (resources.provisioner !== 'local') throw madeAtCognito('update');
    const { identityPoolId, ...rest } = resources;
    if (config.authResources === 'IDENTITY_POOL_AND_USER_POOL') {
      return { ...rest, identityPoolId: identityPoolId ?? `${REGION}:${newId()}` };
    }
    return { ...rest, adopted: rest.adopted.filter((thing) => thing !== 'identityPool') };
  },

  putBack: async ({ resources, left }) => ({ resources, left }),

  preview: async () => [],

  async remove({ resources: { provisioner, adopted, identityPoolId } }) {
    const madeNothing =
      adopted.includes('userPool') && (identityPoolId === undefined || adopted.includes('identityPool'));
    if (provisioner !== 'local' && !madeNothing) throw madeAtCognito('delete');
  },

  async tellRemoved() {},

  async import({ resourceName }, ids) {
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
        provisioner: 'local',
        ...clients,
        userPoolArn: userPoolArn(ids.userPoolId),
        ...(withIdentityPool && { identityPoolId }),
        adopted: withIdentityPool ? ['userPool', 'identityPool'] : ['userPool'],
      },
    };
  },
});

const madeAtCognito = (verb: string) =>
  new Error(
    `This authentication resource is at Amazon Cognito: start the server with --provisioner cognito to ${verb} it.`,
  );

function invent(seed: string): Resources {
  const userPoolId = `${REGION}_${characters(seed, 'pool', 9)}`;
  return {
    provisioner: 'local',
    userPoolId,
    userPoolArn: userPoolArn(userPoolId),
    webClientId: characters(seed, 'web', 26).toLowerCase(),
    nativeClientId: characters(seed, 'native', 26).toLowerCase(),
    adopted: [],
  };
}

const userPoolArn = (id: string): string => `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${id}`;

/** `length` letters and digits that follow from the seed and the use. */
function characters(seed: string, use: string, length: number): string {
  const digest = createHash('sha512').update(`${use}:${seed}`).digest('base64');
  return digest.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, length);
}
