import {
  GetUserPoolMfaConfigCommand,
  type GetUserPoolMfaConfigCommandOutput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  type SmsConfigurationType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AuthConfig } from '../../auth/config.ts';
import type { UpdatePlan } from '../../auth/plan.ts';
import type { Cognito } from './api.ts';
import { MFA_MESSAGE } from './mapping.ts';
import type { Whole } from './whole.ts';

/** SetUserPoolMfaConfig without the pool's id: MFA as it is read and written. */
export type Mfa = Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>;

export async function readMfa(cognito: Cognito, UserPoolId: string): Promise<Mfa> {
  const command = new GetUserPoolMfaConfigCommand({ UserPoolId });
  return wholeMfa(await cognito.userPools<GetUserPoolMfaConfigCommandOutput>(`user pool ${UserPoolId}`, command));
}

/** SetUserPoolMfaConfig resets the factors that it is not given, so all of them go back with it. */
const wholeMfa = (mfa: Mfa): Whole<Mfa> => ({
  MfaConfiguration: mfa.MfaConfiguration,
  SmsMfaConfiguration: mfa.SmsMfaConfiguration,
  SoftwareTokenMfaConfiguration: mfa.SoftwareTokenMfaConfiguration,
  EmailMfaConfiguration: mfa.EmailMfaConfiguration,
  WebAuthnConfiguration: mfa.WebAuthnConfiguration,
});

export async function writeMfa(cognito: Cognito, UserPoolId: string, mfa: Mfa): Promise<void> {
  const input = { UserPoolId, ...(isOff(mfa) ? turnedOff(mfa) : wholeMfa(mfa)) };
  await cognito.userPools(`user pool ${UserPoolId}`, new SetUserPoolMfaConfigCommand(input));
}

export const isOff = ({ MfaConfiguration = 'OFF' }: Mfa): boolean => MfaConfiguration === 'OFF';

/** "can't turn off MFA and configure an MFA together"; passkeys are no second factor, and stay. */
export const turnedOff = ({ WebAuthnConfiguration }: Mfa): Mfa => ({ MfaConfiguration: 'OFF', WebAuthnConfiguration });

/** MFA after the update; `sms` is what sends text messages where they are a factor now. */
export function changedMfa(mfa: Mfa, plan: NonNullable<UpdatePlan['mfa']>, sms: SmsConfigurationType | undefined): Mfa {
  const MfaConfiguration = plan.mode?.to ?? mfa.MfaConfiguration ?? 'OFF';
  if (MfaConfiguration === 'OFF') return turnedOff(mfa);
  const { add = [], drop = [] } = plan.types ?? {};
  const text = plan.smsMessage === undefined ? undefined : (plan.smsMessage.to ?? MFA_MESSAGE);
  // While MFA is off, what is configured for text messages is no factor.
  const factor = isOff(mfa) && !add.includes('SMS') ? undefined : mfa.SmsMfaConfiguration;
  const bySms = factor ?? (add.includes('SMS') ? { SmsConfiguration: sms } : undefined);
  const byToken = drop.includes('TOTP') ? { Enabled: false } : mfa.SoftwareTokenMfaConfiguration;
  return {
    ...mfa,
    MfaConfiguration,
    SmsMfaConfiguration: drop.includes('SMS')
      ? undefined
      : bySms && { ...bySms, ...(text !== undefined && { SmsAuthenticationMessage: text }) },
    SoftwareTokenMfaConfiguration: add.includes('TOTP') ? { Enabled: true } : byToken,
  };
}

/** MFA of a new pool. */
export function newMfa({ mfa }: AuthConfig['userPoolConfigs'], sms: SmsConfigurationType | undefined): Mfa {
  const types = mfa?.settings?.mfaTypes ?? [];
  const MfaConfiguration = mfa?.MFAMode ?? 'OFF';
  if (MfaConfiguration === 'OFF') return { MfaConfiguration };
  return {
    MfaConfiguration,
    SoftwareTokenMfaConfiguration: { Enabled: types.includes('TOTP') },
    ...(types.includes('SMS') && {
      SmsMfaConfiguration: {
        SmsAuthenticationMessage: mfa?.settings?.smsMessage ?? MFA_MESSAGE,
        SmsConfiguration: sms,
      },
    }),
  };
}
