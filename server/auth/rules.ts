import type { components } from '../../generated/schema.ts';
import { bareKey } from './providerSecrets.ts';
import { PROVIDER_MEMBERS } from './providers.ts';
import { sameValue } from './sameValue.ts';

type Schemas = components['schemas'];
type Request = Schemas['CreateBackendAuthResourceConfig'] | Schemas['UpdateBackendAuthResourceConfig'];
type UserPool = Schemas['CreateBackendAuthUserPoolConfig'] | Schemas['UpdateBackendAuthUserPoolConfig'];
type Message = Schemas['UpdateBackendAuthForgotPasswordConfig'];

/** A value that the schema allows and Cognito refuses. */
interface Violation {
  readonly path: string;
  readonly message: string;
}

// Amazon Cognito's limits: API reference, PasswordPolicyType, VerificationMessageTemplateType, UserPoolClientType,
// CreateUserPoolDomain, CreateIdentityPool.
const PASSWORD_LENGTH = { min: 6, max: 99 };
const SMS_MESSAGE = { min: 6, max: 140 };
const EMAIL_MESSAGE = { min: 6, max: 20_000 };
const EMAIL_SUBJECT = { min: 1, max: 140 };
const URI_LENGTH = { min: 1, max: 1024 };
const MAX_URIS = 100;
const CODE = '{####}';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=?|[A-Za-z0-9+/]{2}(?:==)?)$/;
const POOL_NAME = /^[\w\s+=,.@-]{1,128}$/;
const RESOURCE_NAME = /^[a-zA-Z0-9]{1,128}$/; // the Amplify CLI's
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const RESERVED_IN_DOMAIN = /aws|amazon|cognito/;
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** Everything that is wrong with a `resourceConfig`, each with its place, in the form of the schema's own violations. */
export function configViolations(config: Request): string[] {
  const found: Violation[] = [];
  const at = '/body/resourceConfig';
  const pool = config.userPoolConfigs;
  passwordPolicy(pool, `${at}/userPoolConfigs/passwordPolicy`, found);
  mfa(pool, `${at}/userPoolConfigs/mfa`, found);
  message(pool.verificationMessage, `${at}/userPoolConfigs/verificationMessage`, found);
  message(pool.forgotPassword, `${at}/userPoolConfigs/forgotPassword`, found);
  oAuth(pool, `${at}/userPoolConfigs/oAuth`, found);
  if ('userPoolName' in pool) poolName(pool.userPoolName, `${at}/userPoolConfigs/userPoolName`, found);
  if (config.identityPoolConfigs !== undefined) {
    const place = `${at}/identityPoolConfigs`;
    if (config.authResources === 'USER_POOL_ONLY') {
      found.push({ path: place, message: 'needs authResources to be IDENTITY_POOL_AND_USER_POOL' });
    }
    if ('identityPoolName' in config.identityPoolConfigs) {
      poolName(config.identityPoolConfigs.identityPoolName, `${place}/identityPoolName`, found);
    }
  }
  return found.map(({ path, message }) => `${path} ${message}`);
}

export function resourceNameViolations(name: string): string[] {
  return RESOURCE_NAME.test(name) ? [] : ['/body/resourceName must be 1 to 128 letters and digits'];
}

function passwordPolicy({ passwordPolicy }: UserPool, path: string, found: Violation[]): void {
  const length = passwordPolicy?.minimumLength;
  if (length === undefined) return;
  const { min, max } = PASSWORD_LENGTH;
  if (!Number.isInteger(length) || length < min || length > max) {
    found.push({ path: `${path}/minimumLength`, message: `must be a whole number from ${min} to ${max}` });
  }
}

function mfa({ mfa }: UserPool, path: string, found: Violation[]): void {
  if (mfa === undefined) return;
  const types = mfa.settings?.mfaTypes ?? [];
  if ((mfa.MFAMode === 'ON' || mfa.MFAMode === 'OPTIONAL') && types.length === 0) {
    found.push({
      path: `${path}/settings/mfaTypes`,
      message: `must name at least one type when MFAMode is ${mfa.MFAMode}`,
    });
  }
  withCode(mfa.settings?.smsMessage, `${path}/settings/smsMessage`, SMS_MESSAGE, found);
}

function message(message: Message | undefined, path: string, found: Violation[]): void {
  withCode(message?.smsSettings?.smsMessage, `${path}/smsSettings/smsMessage`, SMS_MESSAGE, found);
  withCode(message?.emailSettings?.emailMessage, `${path}/emailSettings/emailMessage`, EMAIL_MESSAGE, found);
  length(message?.emailSettings?.emailSubject, `${path}/emailSettings/emailSubject`, EMAIL_SUBJECT, found);
}

function oAuth({ oAuth }: UserPool, path: string, found: Violation[]): void {
  if (oAuth === undefined) return;
  const { domainPrefix, socialProviderSettings } = oAuth;
  const apple: Schemas['BackendAuthAppleProviderConfig.request'] | undefined = socialProviderSettings?.SignInWithApple;
  const key = apple?.private_key;
  if (key && !BASE64.test(bareKey(key))) {
    const message = 'must be base64, with or without its BEGIN and END lines';
    found.push({ path: `${path}/socialProviderSettings/SignInWithApple/private_key`, message });
  }
  if (domainPrefix !== undefined) {
    if (!DOMAIN.test(domainPrefix)) {
      const message = 'must be 1 to 63 lower-case letters, digits and hyphens, with no hyphen at its ends';
      found.push({ path: `${path}/domainPrefix`, message });
    }
    const reserved = RESERVED_IN_DOMAIN.exec(domainPrefix)?.[0];
    if (reserved !== undefined) found.push({ path: `${path}/domainPrefix`, message: `must not contain ${reserved}` });
  }
  for (const member of ['redirectSignInURIs', 'redirectSignOutURIs'] as const) {
    const uris = oAuth[member] ?? [];
    if (uris.length > MAX_URIS)
      found.push({ path: `${path}/${member}`, message: `must not have more than ${MAX_URIS}` });
    for (const [index, uri] of uris.slice(0, MAX_URIS).entries()) redirectUri(uri, `${path}/${member}/${index}`, found);
  }
}

function redirectUri(uri: string, path: string, found: Violation[]): void {
  if (!length(uri, path, URI_LENGTH, found)) return;
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined) found.push({ path, message: 'must be an absolute URI' });
  else if (uri.includes('#')) found.push({ path, message: 'must not have a fragment' });
  else if (url.protocol === 'http:' && !LOCAL_HOSTS.includes(url.hostname)) {
    found.push({ path, message: 'must be https, unless its host is localhost' });
  }
}

function poolName(name: string, path: string, found: Violation[]): void {
  if (!POOL_NAME.test(name)) {
    found.push({ path, message: 'must be 1 to 128 letters, digits, spaces and _ + = , . @ -' });
  }
}

function withCode(text: string | undefined, path: string, bounds: typeof SMS_MESSAGE, found: Violation[]): void {
  if (text === undefined) return;
  length(text, path, bounds, found);
  if (!text.includes(CODE)) found.push({ path, message: `must contain ${CODE}, where the code goes` });
}

function length(text: string | undefined, path: string, bounds: typeof SMS_MESSAGE, found: Violation[]): boolean {
  if (text === undefined || (text.length >= bounds.min && text.length <= bounds.max)) return true;
  found.push({ path, message: `must have ${bounds.min} to ${bounds.max} characters` });
  return false;
}

/**
 * The members that a provider still lacks once the stored secrets are filled in. An imported provider lacks Apple's key,
 * which Cognito never tells: it may go on lacking it for as long as it does not change.
 */
export function providerViolations(
  merged: Schemas['CreateBackendAuthResourceConfig'],
  stored: Schemas['CreateBackendAuthResourceConfig'] | undefined,
): string[] {
  const settings = merged.userPoolConfigs.oAuth?.socialProviderSettings;
  const before = stored?.userPoolConfigs.oAuth?.socialProviderSettings;
  return Object.entries(PROVIDER_MEMBERS).flatMap(([name, members]) => {
    const provider = settings?.[name] as Record<string, unknown> | undefined;
    const storedProvider = before?.[name] as Record<string, unknown> | undefined;
    if (provider === undefined) return [];
    return members
      .filter((member) => !provider[member] && !(storedProvider !== undefined && sameValue(provider, storedProvider)))
      .map((m) => `/body/resourceConfig/userPoolConfigs/oAuth/socialProviderSettings/${name}/${m} is required`);
  });
}
