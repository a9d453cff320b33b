import type { Json } from './layer.ts';
import { get, type Mutant, of, refuses, set, takes, withBody } from './mutant.ts';

const UPDATE = 'UpdateBackendAuth';
const only = [UPDATE];
const POOL = ['resourceConfig', 'userPoolConfigs'];

/** Accepts what it should refuse: puts in what is missing or wrong. */
const mends = (names: readonly string[], wrong: (value: Json) => boolean, mended: Json) =>
  takes(UPDATE, (body) => (wrong(get(body, ...names)) ? set(body, names, mended) : body));
const missing = (value: Json) => value === undefined;

const PASSWORD = {
  resourceName: 'shopauth',
  resourceConfig: { authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs: {} },
};

/** Requests that are treated differently than documented. */
export const requestMutants: readonly Mutant[] = [
  {
    fault: 'a value of an enum is refused',
    only,
    behaviour: refuses(UPDATE, (body) => get(body, ...POOL, 'oAuth', 'oAuthScopes')?.includes?.('PHONE') === true),
  },
  {
    fault: 'a value of an enum is refused at creation',
    only: ['CreateBackendAuth'],
    behaviour: refuses('CreateBackendAuth', (body) => get(body, ...POOL, 'signInMethod') === 'EMAIL_AND_PHONE_NUMBER'),
  },
  {
    fault: 'a value outside an enum is accepted',
    only,
    behaviour: mends(['resourceConfig', 'service'], (value) => typeof value === 'string', 'COGNITO'),
  },
  {
    fault: 'an enum is read whatever its case',
    only,
    behaviour: takes(UPDATE, (body) => {
      const mode = get(body, ...POOL, 'mfa', 'MFAMode');
      return typeof mode === 'string' ? set(body, [...POOL, 'mfa', 'MFAMode'], mode.toUpperCase()) : body;
    }),
  },
  {
    fault: 'a value outside an enum is accepted in a list',
    only,
    behaviour: takes(UPDATE, (body) => {
      const types = get(body, ...POOL, 'mfa', 'settings', 'mfaTypes');
      const known = (type: Json) => ['SMS', 'TOTP'].includes(type) || typeof type !== 'string';
      return Array.isArray(types)
        ? set(
            body,
            [...POOL, 'mfa', 'settings', 'mfaTypes'],
            types.map((type) => (known(type) ? type : 'SMS')),
          )
        : body;
    }),
  },
  {
    fault: 'a required member at the top is not required',
    only,
    behaviour: mends(['resourceName'], missing, 'shopauth'),
  },
  {
    fault: 'a required member in the second depth is not required',
    only,
    behaviour: mends(['resourceConfig', 'authResources'], missing, 'USER_POOL_ONLY'),
  },
  {
    fault: 'a required object in the second depth is not required',
    only,
    behaviour: mends(POOL, missing, {}),
  },
  {
    fault: 'a required member in the fourth depth is not required',
    only,
    behaviour: mends([...POOL, 'verificationMessage', 'deliveryMethod'], missing, 'EMAIL'),
  },
  {
    fault: 'a required member of a creation is not required',
    only: ['CreateBackendAuth'],
    behaviour: takes('CreateBackendAuth', (body) =>
      get(body, ...POOL, 'oAuth', 'oAuthGrantType') === undefined
        ? set(body, [...POOL, 'oAuth', 'oAuthGrantType'], 'CODE')
        : body,
    ),
  },
  {
    fault: 'a number is taken for text',
    only,
    behaviour: mends([...POOL, 'oAuth', 'domainPrefix'], (value) => typeof value === 'number', 'seven'),
  },
  {
    fault: 'text is taken for a number',
    only,
    behaviour: mends([...POOL, 'passwordPolicy', 'minimumLength'], (value) => typeof value === 'string', 10),
  },
  {
    fault: 'null is taken for a member that is left out',
    only,
    behaviour: mends([...POOL, 'mfa'], (value) => value === null, undefined),
  },
  {
    fault: 'an object is taken for a list',
    only,
    behaviour: mends([...POOL, 'oAuth', 'redirectSignInURIs'], (value) => !Array.isArray(value), []),
  },
  {
    fault: 'a list is taken where the body should be an object',
    only,
    behaviour: takes(UPDATE, (body) => (Array.isArray(body) ? PASSWORD : body)),
  },
  {
    fault: 'more than the most results are accepted',
    only: ['ListBackendJobs'],
    behaviour: takes('ListBackendJobs', (body) => (body?.maxResults > 25 ? { ...body, maxResults: 25 } : body)),
  },
  {
    fault: 'no results at all are accepted',
    only: ['ListBackendJobs'],
    behaviour: takes('ListBackendJobs', (body) => (body?.maxResults < 1 ? { ...body, maxResults: 1 } : body)),
  },
  {
    fault: 'the most results are refused',
    only: ['ListBackendJobs'],
    behaviour: refuses('ListBackendJobs', (body) => body?.maxResults === 25),
  },
  {
    fault: 'malformed JSON is read as if it were none',
    only,
    behaviour: () => (request, forward) =>
      forward(
        of(UPDATE)(request) && request.text !== '' && request.body === undefined
          ? withBody(request, PASSWORD)
          : request,
      ),
  },
  {
    fault: 'an update without a body is accepted',
    only,
    behaviour: () => (request, forward) =>
      forward(
        of(UPDATE)(request) && request.text === ''
          ? { ...withBody(request, PASSWORD), headers: { ...request.headers, 'content-type': 'application/json' } }
          : request,
      ),
  },
  {
    fault: 'the Content-Type is not looked at',
    only,
    behaviour: () => (request, forward) =>
      forward({
        ...request,
        headers: { ...request.headers, ...(request.text !== '' && { 'content-type': 'application/json' }) },
      }),
  },
  {
    fault: 'an optional member is required',
    only,
    behaviour: refuses(UPDATE, (body) => {
      const policy = get(body, ...POOL, 'passwordPolicy');
      return policy !== undefined && get(policy, 'additionalConstraints') === undefined;
    }),
  },
  {
    fault: 'an empty list is refused',
    only,
    behaviour: refuses(UPDATE, (body) => get(body, ...POOL, 'oAuth', 'redirectSignOutURIs')?.length === 0),
  },
  {
    fault: 'false is refused where true is not',
    only: ['CreateBackendAuth'],
    behaviour: refuses(
      'CreateBackendAuth',
      (body) => get(body, 'resourceConfig', 'identityPoolConfigs', 'unauthenticatedLogin') === true,
    ),
  },
  {
    fault: 'letters beyond ASCII make it fail',
    only: ['CreateBackend'],
    behaviour: () => async (request, forward) => {
      const answer = await forward(request);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is meant
      return request.operation === 'CreateBackend' && /[^\x00-\x7f]/.test(request.text)
        ? { ...answer, status: 500 }
        : answer;
    },
  },
];
