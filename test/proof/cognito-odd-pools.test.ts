import { expect, it } from 'vitest';
import { configs } from '../helpers/cognitoConfigs.ts';
import { changedPaths } from '../helpers/cognitoDifference.ts';
import type { Wire } from '../helpers/cognitoFakeRules.ts';
import { Imported } from '../helpers/cognitoImported.ts';
import { kinds, update } from '../helpers/cognitoKinds.ts';
import { isWrite, start } from '../helpers/cognitoOperations.ts';
import { enrich } from '../helpers/cognitoRich.ts';
import { Scene } from '../helpers/cognitoScene.ts';
import { thinOut } from '../helpers/cognitoThin.ts';

interface Parts {
  /** The pool's own settings. */
  readonly fields: Wire;
  readonly pool: Wire;
  /** Changes all app clients. */
  readonly clients: (settings: object) => void;
}

/** Pools made by others, with settings that the contract can't express. */
const odd: readonly (readonly [title: string, make: (parts: Parts) => void])[] = [
  [
    'no required attribute',
    ({ fields }) => Object.assign(fields, { SchemaAttributes: [{ Name: 'sub', Required: true }] }),
  ],
  ['no password policy', ({ fields }) => Object.assign(fields, { Policies: undefined })],
  [
    'nothing verified',
    ({ fields }) => Object.assign(fields, { AutoVerifiedAttributes: [], UserAttributeUpdateSettings: undefined }),
  ],
  [
    'texts without a code',
    ({ fields }) => {
      const EmailMessage = 'Hi {##Click##}';
      fields.EmailVerificationMessage = EmailMessage;
      fields.VerificationMessageTemplate = { DefaultEmailOption: 'CONFIRM_WITH_LINK', EmailMessage };
    },
  ],
  [
    'MFA by e-mail alone',
    ({ pool, fields }) => {
      pool.mfa = { MfaConfiguration: 'ON', EmailMfaConfiguration: { Message: 'x {####}', Subject: 's' } };
      fields.SmsConfiguration = undefined;
    },
  ],
  [
    'MFA by passkeys beside',
    ({ pool }) => Object.assign(pool.mfa.WebAuthnConfiguration, { FactorConfiguration: 'MULTI_FACTOR' }),
  ],
  ['a custom domain alone', ({ pool }) => Object.assign(pool, { domain: undefined })],
  ['scopes of its own alone', ({ clients }) => clients({ AllowedOAuthScopes: ['orders/read'] })],
  [
    'no URLs',
    ({ clients }) => clients({ CallbackURLs: undefined, LogoutURLs: undefined, DefaultRedirectURI: undefined }),
  ],
  ['a callback by a scheme', ({ clients }) => clients({ CallbackURLs: ['myapp://'], DefaultRedirectURI: undefined })],
  ['OAuth off', ({ clients }) => clients({ AllowedOAuthFlowsUserPoolClient: false })],
  ['no provider', ({ clients }) => clients({ SupportedIdentityProviders: undefined })],
  ['a provider by SAML alone', ({ clients }) => clients({ SupportedIdentityProviders: ['Corporate'] })],
  [
    'a native client for machines',
    ({ pool }) => {
      const machine = { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['orders/read'] };
      for (const client of pool.clients.values()) {
        if (client.ClientSecret) Object.assign(client, machine, { CallbackURLs: [], DefaultRedirectURI: undefined });
      }
    },
  ],
];

it.each(odd)(
  'a pool with %s is imported, takes an update, and takes back what it shows without a change',
  async (_, make) => {
    const imported = await Imported.setUp((fake) => {
      const [pool] = fake.userPools.pools.values() as Iterable<Wire>;
      const clients = (settings: object) => {
        for (const client of pool.clients.values()) Object.assign(client, settings);
      };
      make({ pool, fields: pool.fields, clients });
    });
    const { fake } = imported;
    const before = fake.byName();
    expect(await imported.update({ passwordPolicy: { minimumLength: 20 } })).toMatchObject({ status: 'COMPLETED' });
    for (const path of changedPaths(before, fake.byName())) expect(path).toMatch(/^users\.fields\.Policies/);

    const after = fake.byName();
    fake.calls.length = 0;
    const { passwordPolicy, mfa, oAuth } = (await imported.shown()).userPoolConfigs;
    expect(await imported.update({ passwordPolicy, mfa, ...(oAuth && { oAuth }) })).toMatchObject({
      status: 'COMPLETED',
    });
    expect(fake.byName()).toEqual(after);
    expect(fake.names().filter(isWrite)).toEqual([]);
  },
);

const LISTED = ['auth_app_client', 'auth_app_clientWeb'].map(
  (name) => `users.clients.${name}.SupportedIdentityProviders`,
);

it('an update of a pool that lacks any of its settings changes what it names and nothing else', async () => {
  const scene = await Scene.setUp();
  const { again } = await scene.undisturbed({ before: configs.whole, start: start.update(update({})) });
  for (let seed = 1; seed <= 15; seed++) {
    for (const [kind, config, changes] of kinds) {
      await again();
      enrich(scene.fake);
      const [pool] = scene.fake.userPools.pools.values();
      // A third client that lists a provider keeps it from being deleted, which is another test's.
      pool?.clients.get('third')?.SupportedIdentityProviders.splice(1);
      thinOut(scene.fake, [0.15, 0.4, 0.7][seed % 3] ?? 0, seed * 7_919);
      const before = scene.fake.byName();
      expect(await scene.run(start.update(config)), `${kind}, seed ${seed}`).toMatchObject({ status: 'COMPLETED' });
      // Clients that do not have a provider which the update names get it.
      const may = [...changes, ...(kind.includes('made by hand') ? LISTED : [])];
      const isAsked = (path: string) =>
        may.some((one) => `${path}.`.startsWith(`${one}.`) || one.startsWith(`${path}.`));
      const others = changedPaths(before, scene.fake.byName()).filter((path) => !isAsked(path));
      expect(others, `${kind}, seed ${seed}`).toEqual([]);
    }
  }
});
