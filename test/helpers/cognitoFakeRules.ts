/** A refusal of Cognito's, in the protocol's form. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: it is JSON that came over the wire, of as many shapes as there are calls
export type Wire = any;
export type Calls = Record<string, (input: Wire) => object>;

export interface Pool {
  fields: Record<string, Wire>;
  mfa: Record<string, Wire>;
  domain: Record<string, Wire> | undefined;
  /** It may have one of its own name beside the one below Cognito's. */
  customDomain?: Record<string, Wire> | undefined;
  readonly clients: Map<string, Record<string, Wire>>;
  readonly providers: Map<string, Record<string, Wire>>;
}

export const invalid = (message: string) => new Refusal('InvalidParameterException', message);
export const missing = (message: string) => new Refusal('ResourceNotFoundException', message);

/** The members of a pool that never change. */
export const FIXED = ['Id', 'Arn', 'Name', 'SchemaAttributes', 'UsernameAttributes', 'UsernameConfiguration'];
const READ_ONLY = [...FIXED, 'Domain', 'CreationDate', 'LastModifiedDate', 'Status', 'EstimatedNumberOfUsers'];

const isSystemTag = (name: string): boolean => name.startsWith('aws:');

/** Tags set by CloudFormation are kept, and can't be sent. */
export function changedTags(live: Wire = {}, given: Wire = {}): Wire {
  if (Object.keys(given).some(isSystemTag)) {
    throw invalid('aws: prefixed tag key names are not allowed for external use.');
  }
  return { ...given, ...Object.fromEntries(Object.entries(live).filter(([name]) => isSystemTag(name))) };
}

export const needsSms = () =>
  invalid('SMS configuration and Auto verification for phone_number are required when MFA is required/optional');

export function checkUpdate({ mfa }: Pool, mode: string, update: Wire): void {
  const unknown = Object.keys(update).filter((member) => READ_ONLY.includes(member));
  if (unknown.length > 0) throw invalid(`${unknown} can not be updated.`);
  if (mode === 'ON' && mfa.MfaConfiguration !== 'ON') {
    throw invalid('Cannot turn MFA functionality ON, once the user pool has been created.');
  }
  const bySms = mode !== 'OFF' && mfa.SmsMfaConfiguration !== undefined;
  if (bySms && update.SmsConfiguration === undefined) throw needsSms();
  const { PasswordPolicy = {} } = update.Policies ?? {};
  if (
    'TemporaryPasswordValidityDays' in PasswordPolicy &&
    'UnusedAccountValidityDays' in (update.AdminCreateUserConfig ?? {})
  ) {
    throw invalid('Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays');
  }
}

export function checkMfa({ fields }: Pool, mfa: Wire): void {
  const { MfaConfiguration, SmsMfaConfiguration, SoftwareTokenMfaConfiguration } = mfa;
  const some = SmsMfaConfiguration !== undefined || SoftwareTokenMfaConfiguration !== undefined;
  if (MfaConfiguration === 'OFF') {
    if (some) throw invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
    return;
  }
  if (SmsMfaConfiguration === undefined && SoftwareTokenMfaConfiguration?.Enabled !== true) {
    throw invalid("Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.");
  }
  if (SmsMfaConfiguration === undefined && fields.SmsConfiguration !== undefined) {
    throw invalid("Can't turn off SMS_MFA when SMS configuration is set for the user pool");
  }
  if (SmsMfaConfiguration !== undefined && SmsMfaConfiguration.SmsConfiguration === undefined) {
    throw invalid('SMS configuration is required.');
  }
}

const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  SignInWithApple: ['client_id', 'team_id', 'key_id', 'private_key'],
};

export function checkProvider({ ProviderType, ProviderDetails }: Wire): void {
  const wanted = CREDENTIALS[ProviderType] ?? [];
  const missing = wanted.filter((member) => !ProviderDetails?.[member]);
  if (missing.length > 0) throw invalid(`Missing required provider details: ${missing}`);
  if (/[-\s]/.test(ProviderDetails?.private_key ?? '')) throw invalid('The private key is invalid.');
}

export function checkClient({ providers }: Pool, client: Wire): void {
  for (const name of client.SupportedIdentityProviders ?? []) {
    if (name !== 'COGNITO' && !providers.has(name)) {
      throw invalid(`The provider ${name} does not exist for User Pool ${client.UserPoolId}`);
    }
  }
  if (client.DefaultRedirectURI !== undefined && !client.CallbackURLs?.includes(client.DefaultRedirectURI)) {
    throw invalid('DefaultRedirectURI must be in the CallbackURLs list.');
  }
  if (client.AllowedOAuthFlows?.includes('client_credentials') && client.AllowedOAuthFlows.length > 1) {
    throw invalid('client_credentials flow can not be selected along with code flow or implicit flow.');
  }
  if (
    client.AllowedOAuthFlowsUserPoolClient &&
    !(client.AllowedOAuthFlows?.length && client.AllowedOAuthScopes?.length)
  ) {
    throw invalid(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
}
