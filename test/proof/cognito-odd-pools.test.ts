import { expect, it } from 'vitest';
import { changedPaths } from '../helpers/cognitoDifference.ts';
import type { Wire } from '../helpers/cognitoFakeRules.ts';
import { Imported } from '../helpers/cognitoImported.ts';
import { isWrite } from '../helpers/cognitoOperations.ts';

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
