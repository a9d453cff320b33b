import type { SmsConfigurationType, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { Cognito } from './api.ts';

/**
 * The role that lets Cognito send text messages, with an ExternalId that the role's trust policy may ask for: the Amplify
 * CLI's own, by resource.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-sms-settings.html
 */
export function smsConfiguration({ roles }: Cognito, resourceName: string): SmsConfigurationType {
  if (roles.sms === undefined) {
    throw new Error(
      'Text messages need an IAM role that lets Cognito send them; start the server with --sms-role-arn.',
    );
  }
  return { SnsCallerArn: roles.sms, ExternalId: `${resourceName}_role_external_id` };
}

/** Whether something other than MFA may have the pool send text messages. */
export const usesPhone = (pool: UserPoolType): boolean =>
  pool.AutoVerifiedAttributes?.includes('phone_number') === true ||
  pool.UsernameAttributes?.includes('phone_number') === true ||
  pool.AliasAttributes?.includes('phone_number') === true ||
  pool.SchemaAttributes?.some(({ Name, Required }) => Name === 'phone_number' && Required) === true ||
  pool.AccountRecoverySetting?.RecoveryMechanisms?.some(({ Name }) => Name === 'verified_phone_number') === true;
