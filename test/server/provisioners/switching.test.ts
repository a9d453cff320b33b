import { describe, expect, it } from 'vitest';
import { planUpdate } from '../../../server/auth/plan.ts';
import { cognito } from '../../../server/provisioners/cognito/cognito.ts';
import { local } from '../../../server/provisioners/local.ts';
import type { NewAuth, Provisioner, Resources, Work } from '../../../server/provisioners/provisioner.ts';
import { typedResources } from '../../../server/store/migrations/003-resources.ts';
import { REGION } from '../../helpers/cognito.ts';
import { configs } from '../../helpers/cognitoConfigs.ts';
import { cognitoFake } from '../../helpers/cognitoFake.ts';
import { isWrite } from '../../helpers/cognitoOperations.ts';

const place = { appId: 'd1', environment: 'staging', resourceName: 'auth' };
const auth = { ...place, config: configs.little } as unknown as NewAuth;

const work = (): Work => ({
  signal: new AbortController().signal,
  beforeWrite: () => {},
  runsAgain: () => false,
  undoes: false,
  journal: { read: async () => undefined, write: async () => {} },
});

const update = (provisioner: Provisioner, resources: Resources) => {
  const config = structuredClone(auth.config);
  config.userPoolConfigs.passwordPolicy = { minimumLength: 20 };
  const plan = planUpdate([auth.config], config, ['passwordPolicy']);
  return provisioner.update({ ...place, before: auth.config, config, plan, resources }, work());
};

async function both() {
  const fake = await cognitoFake();
  const roles = { sms: undefined, authenticated: undefined, unauthenticated: undefined };
  const atCognito = cognito({ region: REGION, endpoint: fake.url, identityEndpoint: undefined, roles });
  return { fake, atCognito, invented: local(() => '5f0d8c1e-0000-4000-8000-000000000000') };
}

describe('switching between provisioners', () => {
  it('Cognito refuses to update what was invented, and deletes nothing for it', async () => {
    const { fake, atCognito, invented } = await both();
    const resources = await invented.provision(auth, work());
    await expect(update(atCognito, resources)).rejects.toThrow(
      /^The local provisioner made this authentication resource/,
    );
    await atCognito.remove({ ...place, resources }, work());
    expect(fake.names()).toEqual([]);
  });

  it('the local provisioner refuses to update or delete what was made in Cognito', async () => {
    const { fake, atCognito, invented } = await both();
    const resources = await atCognito.provision(auth, work());
    await expect(update(invented, resources)).rejects.toThrow(/--provisioner cognito to update it\.$/);
    await expect(invented.remove({ ...place, resources }, work())).rejects.toThrow(/to delete it\.$/);
    expect(fake.userPools.pools.size).toBe(1);
  });

  it('a pool that was imported under one is never deleted under the other', async () => {
    const { fake, atCognito, invented } = await both();
    const made = await atCognito.provision(auth, work());
    for (const client of [...fake.userPools.pools.values()][0]?.clients.values() ?? []) {
      if (client.ClientId === made.nativeClientId) client.ClientSecret = 'secret';
    }
    const { userPoolId, webClientId, nativeClientId } = made;
    const ids = { userPoolId, webClientId, nativeClientId };
    for (const [one, other] of [
      [invented, atCognito],
      [atCognito, invented],
    ] as const) {
      const { resources } = await one.import(place, ids, work());
      fake.calls.length = 0;
      await other.remove({ ...place, resources }, work());
      expect(fake.names().filter(isWrite)).toEqual([]);
      expect(fake.userPools.pools.has(userPoolId)).toBe(true);
    }
  });

  it('a pool that was imported under the local one can be updated in Cognito', async () => {
    const { fake, atCognito, invented } = await both();
    const { userPoolId, webClientId, nativeClientId } = await atCognito.provision(auth, work());
    const { resources } = await invented.import(place, { userPoolId, webClientId, nativeClientId }, work());
    await update(atCognito, resources);
    expect(fake.userPools.pools.get(userPoolId)?.fields.Policies.PasswordPolicy.MinimumLength).toBe(20);
  });
});

describe('resources that an earlier version stored', () => {
  const ids = { userPoolId: 'us-east-1_a', webClientId: 'w', nativeClientId: 'n' };
  const arn = (account: string) => `arn:aws:cognito-idp:us-east-1:${account}:userpool/us-east-1_a`;

  it.each([
    ['invented', { ...ids, userPoolArn: arn('000000000000') }, 'local', []],
    ['made in Cognito', { ...ids, userPoolArn: arn('123456789012'), domain: 'shop' }, 'cognito', []],
    [
      'imported locally',
      { ...ids, identityPoolId: 'i', userPoolArn: arn('000000000000'), adopted: 'true' },
      'local',
      ['userPool', 'identityPool'],
    ],
    [
      'imported with a pool of its own',
      { ...ids, identityPoolId: 'i', userPoolArn: arn('1'), adopted: 'userPoolId' },
      'cognito',
      ['userPool'],
    ],
    [
      'imported whole',
      { ...ids, identityPoolId: 'i', userPoolArn: arn('1'), adopted: 'userPoolId identityPoolId' },
      'cognito',
      ['userPool', 'identityPool'],
    ],
  ])('get the type of today: %s', (_, stored, provisioner, adopted) => {
    const typed = typedResources(stored);
    expect(typed).toMatchObject({ ...ids, provisioner, adopted });
    expect(typed).not.toHaveProperty('domain');
    expect(typedResources(typed)).toEqual(typed);
  });
});
