import { describe, expect, it } from 'vitest';
import { configs, SECRETS } from '../../helpers/cognitoConfigs.ts';
import { changedPaths } from '../../helpers/cognitoDifference.ts';
import { changedByHand, kinds, update } from '../../helpers/cognitoKinds.ts';
import { isWrite, start } from '../../helpers/cognitoOperations.ts';
import { Scene } from '../../helpers/cognitoScene.ts';
import { send } from '../../helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };
const { oAuth } = configs.whole.userPoolConfigs;
const { Facebook, SignInWithApple } = oAuth.socialProviderSettings;

describe('an update of a pool that was changed by hand since', () => {
  it.each(kinds)('that names %s changes that and nothing else', async (_, config, changes) => {
    const scene = await changedByHand();
    const before = scene.fake.byName();
    expect(await scene.run(start.update(config))).toMatchObject(COMPLETED);
    expect(changedPaths(before, scene.fake.byName()).sort()).toEqual([...changes].sort());
    if (changes.length === 0) expect(scene.fake.names().filter(isWrite)).toEqual([]);
  });

  it('reads nothing where it changes nothing', async () => {
    const scene = await changedByHand();
    expect(await scene.run(start.update(update({})))).toMatchObject(COMPLETED);
    expect(scene.fake.names()).toEqual([]);
  });
});

describe('an update', () => {
  const google = { client_id: 'new', client_secret: 'new-google-secret' };
  const settings = { Facebook, SignInWithApple, Google: google };

  it('tells no secret that it read and could not put back, where Cognito quotes it', async () => {
    const scene = await changedByHand();
    let down = false;
    scene.fake.fault = ({ name }) => {
      down ||= name === 'UpdateUserPoolClient';
      return down && isWrite(name) ? 'refuse' : undefined;
    };
    const config = update({ oAuth: { ...oAuth, oAuthScopes: ['OPENID', 'EMAIL'], socialProviderSettings: settings } });
    const { error } = await scene.run(start.update(config));
    expect(error).toMatch(
      /Not put back: identity provider Google \(UpdateIdentityProvider .*"client_secret":"\*\*\*"/s,
    );
    expect(error + scene.server.logged.join('')).not.toMatch(SECRETS);
  });

  it('that brings OAuth gives clients without any way to sign in that of Cognito', async () => {
    const scene = await Scene.setUp();
    expect(await scene.run(start.create(configs.little))).toMatchObject(COMPLETED);
    const clients = () => [...([...scene.fake.userPools.pools.values()][0]?.clients.values() ?? [])];
    for (const client of clients()) delete client.SupportedIdentityProviders;
    const config = {
      ...configs.little,
      userPoolConfigs: { oAuth: { ...oAuth, socialProviderSettings: { Facebook } } },
    };
    expect(await scene.run(start.update(config))).toMatchObject(COMPLETED);
    for (const client of clients()) expect(client.SupportedIdentityProviders).toEqual(['COGNITO', 'Facebook']);
  });

  it.each([
    [{ MinimumLength: 8 }, { UnusedAccountValidityDays: 3 }],
    [{ MinimumLength: 8, TemporaryPasswordValidityDays: 3 }, {}],
  ])('keeps how long temporary passwords last, wherever the pool has it: %o', async (PasswordPolicy, days) => {
    const scene = await Scene.setUp();
    expect(await scene.run(start.create(configs.little))).toMatchObject(COMPLETED);
    const [pool] = scene.fake.userPools.pools.values();
    Object.assign(pool?.fields ?? {}, { Policies: { PasswordPolicy } });
    Object.assign(pool?.fields ?? {}, {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 3 },
    });
    const config = { ...configs.little, userPoolConfigs: { passwordPolicy: { minimumLength: 16 } } };
    expect(await scene.run(start.update(config))).toMatchObject(COMPLETED);
    expect(pool?.fields).toMatchObject({
      Policies: { PasswordPolicy: { ...PasswordPolicy, MinimumLength: 16 } },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, ...days },
    });
  });
});

describe('PlanUpdate', () => {
  it('answers the changes that the update would make outside, without secrets, and makes none', async () => {
    const scene = await Scene.setUp({ admin: true });
    expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
    const before = scene.fake.byName();
    const { appId, environment } = scene.place;
    const settings = { Facebook: { ...Facebook, client_secret: 'new-secret' }, SignInWithApple };
    const resourceConfig = update({
      passwordPolicy: { minimumLength: 16, additionalConstraints: ['REQUIRE_DIGIT'] },
      oAuth: { ...oAuth, socialProviderSettings: settings },
    });
    const body = { appId, backendEnvironmentName: environment, resourceName: 'auth', resourceConfig };
    const { status, body: answer } = await send(`${scene.server.url}/admin/auth/plan`, body);
    expect([status, answer]).toEqual([
      200,
      {
        changes: [
          {
            resource: 'identity provider Facebook',
            member: 'ProviderDetails.client_secret',
            from: '***',
            to: '***',
          },
          {
            resource: expect.stringMatching(/^user pool us-east-1_\w+$/),
            member: 'Policies.PasswordPolicy.MinimumLength',
            from: 12,
            to: 16,
          },
        ],
      },
    ]);
    expect(scene.fake.byName()).toEqual(before);
  });

  it.each<[string, object]>([
    ['nothing', update({})],
    ['what the failed one had reached', update({ passwordPolicy: { minimumLength: 20 } })],
    ['another domain', update({ oAuth: { ...oAuth, domainPrefix: 'third' } })],
  ])('answers also what is put back first, after an update that could not be undone: one of %s', async (_, config) => {
    const scene = await Scene.setUp({ admin: true });
    expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
    // The last write of all is refused, and so is everything after it.
    let times = 0;
    scene.fake.fault = ({ name }) => {
      if (name === 'SetUserPoolMfaConfig') times += 1;
      return times > 1 && isWrite(name) ? 'refuse' : undefined;
    };
    expect(await scene.run(start.update(configs.other))).toMatchObject({
      error: expect.stringContaining('Not put back'),
    });
    scene.fake.fault = () => undefined;
    const { appId, environment } = scene.place;
    const body = { appId, backendEnvironmentName: environment, resourceName: 'auth', resourceConfig: config };
    const { body: answer } = await send(`${scene.server.url}/admin/auth/plan`, body);
    const before = scene.fake.byName();
    expect(scene.fake.byName()).toEqual(before);
    expect(await scene.run(start.update(config))).toMatchObject(COMPLETED);
    expect(announced(answer.changes)).toEqual(seen(changedPaths(before, scene.fake.byName())));
  });
});

const sortedSet = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** The changes that a preview announces: the kind of resource, and the member. */
const announced = (changes: readonly { readonly resource: string; readonly member: string }[]): string[] =>
  sortedSet(
    changes
      // Cognito does not tell it, so that it is always sent.
      .filter(({ member }) => !member.endsWith('private_key'))
      .map(({ resource, member }) => {
        const [kind = ''] = /^(user pool|app client|identity pool|domain|identity provider \w+)/.exec(resource) ?? [];
        return `${kind} ${member.split('.').at(-1)}`.trim();
      }),
  );

/** The same of what has changed. */
const seen = (paths: readonly string[]): string[] =>
  sortedSet(
    paths.map((path) => {
      const [thing, part, name] = path.split('.');
      const member = path.split('.').at(-1);
      if (thing === 'identities') return `identity pool ${member}`;
      if (part === 'domain') return 'domain';
      if (part === 'clients') return `app client ${member}`;
      if (part === 'providers') return `identity provider ${name}${member === name ? '' : ` ${member}`}`;
      return `user pool ${member}`;
    }),
  );
