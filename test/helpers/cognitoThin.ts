import type { CognitoFake } from './cognitoFake.ts';
import type { Wire } from './cognitoFakeRules.ts';

// Members that a resource needs, or that the resource around it needs.
const NEEDED = new Set([
  ...['Id', 'Name', 'Arn', 'ClientId', 'ClientName', 'UserPoolId', 'ProviderName', 'ProviderType', 'ProviderDetails'],
  ...['MfaConfiguration', 'SchemaAttributes', 'UsernameAttributes', 'UsernameConfiguration', 'UserPoolTags'],
  ...['client_id', 'client_secret', 'key_id', 'team_id', 'private_key', 'authorize_scopes'],
  ...['SmsConfiguration', 'SnsCallerArn', 'ExternalId', 'EmailSendingAccount', 'SourceArn', 'Enabled', 'MinimumLength'],
  ...['RecoveryMechanisms', 'Priority', 'AdvancedSecurityMode', 'KeyType', 'KmsKeyArn', 'Feature', 'RelyingPartyId'],
  ...['AllowAdminCreateUserOnly', 'ApplicationArn', 'ChallengeRequiredOnNewDevice', 'CreationDate', 'LastModifiedDate'],
]);

/** Takes away settings of the one user pool at random, each with this likelihood, so that the rest makes sense. */
export function thinOut(fake: CognitoFake, likelihood: number, seed: number): void {
  const random = randomFrom(seed);
  const [pool] = fake.userPools.pools.values();
  if (pool === undefined) throw new Error('There is no user pool.');
  const { fields, mfa, clients, providers } = pool;
  for (const thing of [fields, mfa, ...clients.values(), ...providers.values()]) thin(thing, likelihood, random);
  if (fields.AutoVerifiedAttributes === undefined) delete fields.UserAttributeUpdateSettings;
  for (const client of clients.values()) makeSense(client);
  // A pool that sends text messages has them as a factor, and the other way round.
  if (mfa.SmsMfaConfiguration !== undefined)
    mfa.SmsMfaConfiguration.SmsConfiguration = structuredClone(fields.SmsConfiguration);
  else if (mfa.MfaConfiguration !== 'OFF') {
    mfa.SmsMfaConfiguration = { SmsConfiguration: structuredClone(fields.SmsConfiguration) };
  }
}

function thin(thing: Wire, likelihood: number, random: () => number): void {
  if (typeof thing !== 'object' || thing === null || Array.isArray(thing)) return;
  for (const name of Object.keys(thing)) {
    if (!NEEDED.has(name) && random() < likelihood) delete thing[name];
    else thin(thing[name], likelihood, random);
  }
}

function makeSense(client: Wire): void {
  if (!(client.AllowedOAuthFlows && client.AllowedOAuthScopes)) delete client.AllowedOAuthFlowsUserPoolClient;
  if (!client.CallbackURLs?.includes(client.DefaultRedirectURI)) delete client.DefaultRedirectURI;
}

/** The same numbers from 0 to 1 for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
