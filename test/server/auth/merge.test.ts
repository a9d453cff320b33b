import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as enums from '../../../generated/enums.ts';
import type { components } from '../../../generated/schema.ts';
import { completeConfig, mergeConfig } from '../../../server/auth/merge.ts';

type Config = components['schemas']['CreateBackendAuthResourceConfig'];
type Update = components['schemas']['UpdateBackendAuthResourceConfig'];

const optional = <T extends Record<string, fc.Arbitrary<unknown>>>(members: T) =>
  fc.record(members, { requiredKeys: [] });
const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values));

const members = {
  forgotPassword: optional({ deliveryMethod: fc.constantFrom(...enums.DeliveryMethod) }),
  mfa: optional({
    MFAMode: fc.constantFrom(...enums.MFAMode),
    settings: optional({ mfaTypes: some(enums.MfaTypesElement), smsMessage: fc.string() }),
  }),
  oAuth: optional({
    domainPrefix: fc.string(),
    oAuthGrantType: fc.constantFrom(...enums.OAuthGrantType),
    oAuthScopes: some(enums.OAuthScopesElement),
    redirectSignInURIs: fc.array(fc.webUrl()),
  }),
  passwordPolicy: optional({
    minimumLength: fc.integer({ min: 6, max: 99 }),
    additionalConstraints: some(enums.AdditionalConstraintsElement),
  }),
  verificationMessage: fc.record({ deliveryMethod: fc.constantFrom(...enums.DeliveryMethod) }),
};
const update = fc.record(
  {
    authResources: fc.constantFrom(...enums.AuthResources),
    service: fc.constantFrom(...enums.Service),
    userPoolConfigs: optional(members),
    identityPoolConfigs: optional({ unauthenticatedLogin: fc.boolean() }),
  },
  { requiredKeys: ['authResources', 'service', 'userPoolConfigs'] },
) as fc.Arbitrary<Update>;

const created: Config = completeConfig(
  {
    authResources: 'USER_POOL_ONLY',
    service: 'COGNITO',
    userPoolConfigs: { requiredSignUpAttributes: ['EMAIL'], signInMethod: 'EMAIL', userPoolName: 'users' },
  },
  'auth',
);
const stored = fc
  .array(update, { maxLength: 4 })
  .map((updates) => updates.reduce<Config>((config, change) => mergeConfig(config, change, 'auth'), created));

describe('merging an update into a configuration', () => {
  it('leaves each member that the update does not name, and each one that can never change', () => {
    fc.assert(
      fc.property(stored, update, (before, change) => {
        const after = mergeConfig(before, change, 'auth').userPoolConfigs;
        for (const name of Object.keys(members) as (keyof typeof members)[]) {
          if (change.userPoolConfigs[name] === undefined) expect(after[name]).toEqual(before.userPoolConfigs[name]);
        }
        const { userPoolName, signInMethod, requiredSignUpAttributes } = before.userPoolConfigs;
        expect(after).toMatchObject({ userPoolName, signInMethod, requiredSignUpAttributes });
      }),
    );
  });

  it('takes each member that the update names whole, with nothing of the old one', () => {
    fc.assert(
      fc.property(stored, update, (before, change) => {
        const after = mergeConfig(before, change, 'auth').userPoolConfigs;
        for (const name of Object.keys(members) as (keyof typeof members)[]) {
          const given = change.userPoolConfigs[name];
          if (given === undefined) continue;
          const whole = mergeConfig(created, change, 'auth').userPoolConfigs[name];
          expect(after[name]).toEqual(whole);
          if (name === 'oAuth' && Object.keys(given).length === 0) expect(after).not.toHaveProperty('oAuth');
          else expect(after[name]).toMatchObject(given);
        }
      }),
    );
  });

  it('comes to the same end when it is done twice', () => {
    fc.assert(
      fc.property(stored, update, (before, change) => {
        const once = mergeConfig(before, change, 'auth');
        expect(mergeConfig(once, change, 'auth')).toEqual(once);
      }),
    );
  });

  it('changes neither of the two that it is given', () => {
    fc.assert(
      fc.property(stored, update, (before, change) => {
        const copies = structuredClone([before, change]);
        mergeConfig(before, change, 'auth');
        expect([before, change]).toEqual(copies);
      }),
    );
  });

  it('always has a list of additional constraints', () => {
    fc.assert(
      fc.property(stored, (config) => {
        expect(config.userPoolConfigs.passwordPolicy?.additionalConstraints).toBeInstanceOf(Array);
      }),
    );
  });
});
