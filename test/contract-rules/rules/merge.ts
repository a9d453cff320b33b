import { withAt } from '../../../pipeline/contract/document/json.ts';
import { fullConfig, plainConfig, updateOf } from '../configs.ts';
import type { Rule } from '../rule.ts';

const operations = ['UpdateBackendAuth', 'GetBackendAuth'];
const pool = fullConfig.userPoolConfigs;
const identityPool = 'IDENTITY_POOL_AND_USER_POOL';

/** As it is read: providers' secrets are never answered. */
const shown = withAt(
  fullConfig,
  ['userPoolConfigs', 'oAuth', 'socialProviderSettings', 'Google', 'client_secret'],
  undefined,
);

/** Each member of the user pool's settings: an update of it alone, and what is then read in its place. */
const changes: readonly { member: keyof typeof pool; given: object; read: unknown }[] = [
  {
    member: 'passwordPolicy',
    given: { minimumLength: 20 },
    // The whole member is replaced: the constraints are gone, and a list is read all the same.
    read: { minimumLength: 20, additionalConstraints: [] },
  },
  { member: 'mfa', given: { MFAMode: 'OFF' }, read: { MFAMode: 'OFF' } },
  {
    member: 'verificationMessage',
    given: { deliveryMethod: 'SMS', smsSettings: { smsMessage: 'Code: {####}' } },
    read: { deliveryMethod: 'SMS', smsSettings: { smsMessage: 'Code: {####}' } },
  },
  { member: 'oAuth', given: {}, read: undefined },
  {
    member: 'oAuth',
    given: {
      oAuthGrantType: 'IMPLICIT',
      oAuthScopes: ['PHONE'],
      redirectSignInURIs: ['https://a.example/'],
      redirectSignOutURIs: [],
    },
    read: {
      oAuthGrantType: 'IMPLICIT',
      oAuthScopes: ['PHONE'],
      redirectSignInURIs: ['https://a.example/'],
      redirectSignOutURIs: [],
    },
  },
];

export const mergeRules: readonly Rule[] = [
  {
    name: 'created-is-read',
    operations: ['CreateBackendAuth', 'GetBackendAuth'],
    says: 'what was created is what is read, but for secrets',
    holds: async (trial) => {
      const { config, answer } = await trial.config(await trial.auth(fullConfig));
      trial.same(answer, config, shown, 'after creating it');
    },
  },
  {
    name: 'merge',
    operations,
    says: 'an update replaces the member that it names, and forgets nothing else',
    holds: async (trial) => {
      const place = await trial.auth(fullConfig);
      let wanted: unknown = shown;
      for (const { member, given, read } of changes) {
        await trial.update(place, { ...updateOf({ [member]: given }), authResources: identityPool });
        wanted = withAt(wanted, ['userPoolConfigs', member], read);
        const { config, answer } = await trial.config(place);
        trial.same(answer, config, wanted, `after an update of ${member}`);
      }
    },
  },
  {
    name: 'merge-together',
    operations,
    says: 'an update of several members replaces each of them',
    holds: async (trial) => {
      const place = await trial.auth(plainConfig);
      const { config: before } = await trial.config(place);
      await trial.update(place, updateOf({ passwordPolicy: pool.passwordPolicy, mfa: pool.mfa }));
      const { config, answer } = await trial.config(place);
      const changed = withAt(before, ['userPoolConfigs', 'passwordPolicy'], pool.passwordPolicy);
      trial.same(
        answer,
        config,
        withAt(changed, ['userPoolConfigs', 'mfa'], pool.mfa),
        'after an update of two members',
      );
    },
  },
  {
    name: 'merge-nothing',
    operations,
    says: 'an update that names nothing changes nothing',
    holds: async (trial) => {
      const place = await trial.auth(fullConfig);
      await trial.update(place, { ...updateOf({}), authResources: identityPool });
      const { config, answer } = await trial.config(place);
      trial.same(answer, config, shown, 'after an update that names nothing');
    },
  },
  {
    name: 'merge-identity-pool',
    operations,
    says: 'the identity pool is changed by its own member, and keeps its name',
    holds: async (trial) => {
      const place = await trial.auth(fullConfig);
      const change = { identityPoolConfigs: { unauthenticatedLogin: false }, authResources: identityPool };
      await trial.update(place, { ...updateOf({}), ...change });
      const { config, answer } = await trial.config(place);
      const wanted = withAt(shown, ['identityPoolConfigs', 'unauthenticatedLogin'], false);
      trial.same(answer, config, wanted, 'after an update of the identity pool');
    },
  },
];
