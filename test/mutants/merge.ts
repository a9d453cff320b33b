import type { Behaviour, Json } from './layer.ts';
import { answers, get, type Mutant, set, takes, withBody, without } from './mutant.ts';

const UPDATE = 'UpdateBackendAuth';
const READ = 'GetBackendAuth';
const POOL = ['resourceConfig', 'userPoolConfigs'];

/** Changes what is read after an update, given what the last update of the environment said. */
const readAfterUpdate =
  (change: (config: Json, update: Json) => Json): (() => Behaviour) =>
  () => {
    const updates = new Map<string, Json>();
    return async (request, forward) => {
      const key = `${request.parameters.appId}/${request.parameters.backendEnvironmentName}`;
      const answer = await forward(request);
      if (request.operation === UPDATE && answer.status === 200) updates.set(key, request.body.resourceConfig);
      const update = updates.get(key);
      if (request.operation !== READ || answer.status !== 200 || update === undefined) return answer;
      return { ...answer, body: { ...answer.body, resourceConfig: change(answer.body.resourceConfig, update) } };
    };
  };

/** Faults of an update, and of the read after it. */
export const mergeMutants: readonly Mutant[] = [
  {
    fault: 'an update forgets one of its members',
    only: ['merge-together'],
    behaviour: takes(UPDATE, (body) => set(body, POOL, without(get(body, ...POOL), 'mfa'))),
  },
  {
    fault: 'an update forgets a part of a member',
    only: ['merge-together'],
    behaviour: takes(UPDATE, (body) => set(body, [...POOL, 'passwordPolicy', 'additionalConstraints'], undefined)),
  },
  { fault: 'an update changes nothing', only: ['merge'], behaviour: takes(UPDATE, (body) => set(body, POOL, {})) },
  {
    fault: 'an update replaces the whole configuration',
    only: ['merge'],
    behaviour: readAfterUpdate((config, update) => {
      const { userPoolName, signInMethod, requiredSignUpAttributes } = config.userPoolConfigs;
      return {
        ...config,
        userPoolConfigs: { userPoolName, signInMethod, requiredSignUpAttributes, ...update.userPoolConfigs },
      };
    }),
  },
  {
    fault: 'an update merges a member instead of replacing it',
    only: ['merge'],
    behaviour: readAfterUpdate((config) =>
      set(config, ['userPoolConfigs', 'passwordPolicy', 'additionalConstraints'], ['REQUIRE_DIGIT', 'REQUIRE_SYMBOL']),
    ),
  },
  {
    fault: 'an update without mfa turns it off',
    only: ['merge-nothing'],
    behaviour: takes(UPDATE, (body) => set(body, [...POOL, 'mfa'], get(body, ...POOL, 'mfa') ?? { MFAMode: 'OFF' })),
  },
  {
    fault: 'an empty oAuth removes nothing',
    only: ['merge'],
    behaviour: takes(UPDATE, (body) => {
      const { oAuth } = get(body, ...POOL) ?? {};
      const empty = typeof oAuth === 'object' && oAuth !== null && Object.keys(oAuth).length === 0;
      return empty ? set(body, POOL, without(get(body, ...POOL), 'oAuth')) : body;
    }),
  },
  {
    fault: 'a creation forgets the second factor',
    only: ['created-is-read'],
    behaviour: takes('CreateBackendAuth', (body) => set(body, POOL, without(get(body, ...POOL), 'mfa'))),
  },
  {
    fault: "an update loses the identity pool's name",
    only: ['merge-identity-pool'],
    behaviour: readAfterUpdate((config) => set(config, ['identityPoolConfigs', 'identityPoolName'], 'identities')),
  },
  {
    fault: 'a list that is empty is not answered',
    only: ['merge'],
    behaviour: answers(READ, 200, ({ body }) => {
      const policy = ['resourceConfig', 'userPoolConfigs', 'passwordPolicy'];
      const { minimumLength, additionalConstraints } = get(body, ...policy) ?? {};
      return { body: additionalConstraints?.length === 0 ? set(body, policy, { minimumLength }) : body };
    }),
  },
  {
    fault: 'a secret is answered',
    only: ['GetBackendAuth'],
    behaviour: answers(READ, 200, ({ body }) => {
      const google = ['resourceConfig', 'userPoolConfigs', 'oAuth', 'socialProviderSettings', 'Google'];
      return { body: get(body, ...google) ? set(body, [...google, 'client_secret'], 'google-secret') : body };
    }),
  },
  {
    fault: 'a refused update is carried out all the same',
    only: ['refused-changes-nothing'],
    behaviour: () => async (request, forward) => {
      const answer = await forward(request);
      if (request.operation === UPDATE && answer.status === 400) {
        await forward(withBody(request, set(structuredClone(request.body), ['resourceConfig', 'service'], 'COGNITO')));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return answer;
    },
  },
];
