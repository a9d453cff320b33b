import { isObject } from '../../pipeline/contract/document/json.ts';
import type { MayBeRefused } from '../../pipeline/contract/state/state.ts';

/** A rule that no schema says: where it is broken, the documented 400 is as good an answer as a success. */
interface BeyondSchema {
  readonly operations: readonly string[];
  readonly reason: string;
  readonly broken: (body: Body) => boolean;
}

type Body = Readonly<Record<string, unknown>>;

const CONFIGURES = ['CreateBackendAuth', 'UpdateBackendAuth'];

/** The members that Amazon Cognito needs of each provider. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  Facebook: ['client_id', 'client_secret'],
  Google: ['client_id', 'client_secret'],
  LoginWithAmazon: ['client_id', 'client_secret'],
  SignInWithApple: ['client_id', 'key_id', 'private_key', 'team_id'],
};

export const beyondSchema: readonly BeyondSchema[] = [
  {
    operations: CONFIGURES,
    reason: 'a second factor that is on or optional needs at least one type (Cognito: "can\'t disable all MFAs")',
    broken: (body) => {
      const mfa = at(body, 'resourceConfig', 'userPoolConfigs', 'mfa');
      const types = at(mfa, 'settings', 'mfaTypes');
      return at(mfa, 'MFAMode') !== 'OFF' && isObject(mfa) && (!Array.isArray(types) || types.length === 0);
    },
  },
  {
    operations: CONFIGURES,
    reason: 'no second factor goes with settings of one (Cognito: "can\'t turn off MFA and configure an MFA together")',
    broken: (body) => {
      const mfa = at(body, 'resourceConfig', 'userPoolConfigs', 'mfa');
      return at(mfa, 'MFAMode') === 'OFF' && at(mfa, 'settings') !== undefined;
    },
  },
  {
    operations: CONFIGURES,
    reason: 'an identity pool is configured only where authResources asks for one',
    broken: (body) =>
      at(body, 'resourceConfig', 'authResources') === 'USER_POOL_ONLY' &&
      at(body, 'resourceConfig', 'identityPoolConfigs') !== undefined,
  },
  {
    operations: CONFIGURES,
    reason: 'a social provider lacks a member that Cognito needs, unless it is stored',
    broken: (body) => {
      const given = at(body, 'resourceConfig', 'userPoolConfigs', 'oAuth', 'socialProviderSettings');
      return Object.entries(PROVIDERS).some(([name, members]) => {
        const provider = at(given, name);
        return isObject(provider) && members.some((member) => !provider[member]);
      });
    },
  },
  {
    operations: CONFIGURES,
    reason: "Apple's private key has to be base64",
    broken: (body) => {
      const given = at(body, 'resourceConfig', 'userPoolConfigs', 'oAuth', 'socialProviderSettings');
      const key = at(given, 'SignInWithApple', 'private_key');
      const bare = String(key ?? '').replaceAll(/-----(?:BEGIN|END)[A-Z ]*-----|\s/g, '');
      return key !== undefined && !/^[A-Za-z0-9+/]+={0,2}$/.test(bare);
    },
  },
  {
    operations: ['UpdateBackendJob'],
    reason: 'a job that has ended meanwhile can not be given another status',
    broken: (body) => body.status !== undefined,
  },
];

export const mayBeRefused: MayBeRefused = ({ id }, body) =>
  isObject(body) ? beyondSchema.find((rule) => rule.operations.includes(id) && rule.broken(body))?.reason : undefined;

function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}
