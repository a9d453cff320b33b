import { SetUserPoolMfaConfigCommand, type SmsConfigurationType } from '@aws-sdk/client-cognito-identity-provider';
import type { AuthConfig } from '../provisioner.ts';
import type { Cognito } from './api.ts';
import { MFA_MESSAGE } from './mapping.ts';

export async function setMfa(
  cognito: Cognito,
  userPoolId: string,
  mfa: AuthConfig['userPoolConfigs']['mfa'],
  sms: SmsConfigurationType | undefined,
): Promise<void> {
  await cognito.userPools(`user pool ${userPoolId}`, new SetUserPoolMfaConfigCommand(mfaInput(userPoolId, mfa, sms)));
}

export function mfaInput(
  userPoolId: string,
  mfa: AuthConfig['userPoolConfigs']['mfa'],
  sms: SmsConfigurationType | undefined,
) {
  const types = mfa?.settings?.mfaTypes ?? [];
  const mode = mfa?.MFAMode ?? 'OFF';
  // "can't turn off MFA and configure an MFA together"
  if (mode === 'OFF') return { UserPoolId: userPoolId, MfaConfiguration: mode } as const;
  return {
    UserPoolId: userPoolId,
    MfaConfiguration: mode,
    SoftwareTokenMfaConfiguration: { Enabled: types.includes('TOTP') },
    ...(types.includes('SMS') && {
      SmsMfaConfiguration: {
        SmsAuthenticationMessage: mfa?.settings?.smsMessage ?? MFA_MESSAGE,
        SmsConfiguration: sms,
      },
    }),
  } as const;
}
