import { describe, expect, it } from 'vitest';
import { configAfter, difference } from '../../server/console/difference.ts';
import type { Config } from '../../server/console/environment.ts';

const providers = { Google: { client_id: 'shop' } };
const stored = {
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: {
    userPoolName: 'shop_users',
    signInMethod: 'EMAIL',
    requiredSignUpAttributes: ['EMAIL'],
    mfa: { MFAMode: 'OFF' },
    passwordPolicy: { minimumLength: 8, additionalConstraints: ['REQUIRE_DIGIT'] },
    oAuth: {
      oAuthGrantType: 'CODE',
      oAuthScopes: ['EMAIL'],
      redirectSignInURIs: ['https://shop.example/'],
      redirectSignOutURIs: [],
      socialProviderSettings: providers,
    },
  },
} satisfies Config;

/** The changes that an update of the user pool's settings would make, as `name: before -> after`. */
function changes(userPoolConfigs: object): string[] {
  const resourceConfig = { authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs };
  const after = configAfter(stored, { resourceConfig }, 'shopauth');
  return difference(stored, after ?? {})
    .filter(({ change }) => change !== 'same')
    .map(({ name, before, after, change }) => `${name} ${change}: ${before} -> ${after}`);
}

describe('the difference that an update makes', () => {
  it('is nothing where nothing is given', () => expect(changes({})).toEqual([]));

  it('is that of the server: what a group of settings leaves out is gone', () => {
    expect(changes({ passwordPolicy: { minimumLength: 12 } })).toEqual([
      'additionalConstraints changed: REQUIRE_DIGIT -> ',
      'minimumLength changed: 8 -> 12',
    ]);
    expect(changes({ verificationMessage: { deliveryMethod: 'EMAIL' } })).toEqual([
      'deliveryMethod added: undefined -> EMAIL',
    ]);
    expect(changes({ oAuth: {} })).toContain('oAuthGrantType removed: CODE -> undefined');
  });

  it('tells of a secret that it is sent, and not what it is', () => {
    const socialProviderSettings = { Google: { client_id: 'shop', client_secret: 'hush' } };
    expect(changes({ oAuth: { ...stored.userPoolConfigs.oAuth, socialProviderSettings } })).toEqual([
      'client_secret changed: undefined -> ••••••',
    ]);
    expect(changes({ oAuth: stored.userPoolConfigs.oAuth })).toEqual([]);
  });

  it.each([undefined, {}, { resourceConfig: [] }, { resourceConfig: { userPoolConfigs: 'x' } }])(
    'is not told of an input that is no update: %j',
    (input) => expect(configAfter(stored, input, 'shopauth')).toBeUndefined(),
  );
});
