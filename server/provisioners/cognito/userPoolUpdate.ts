import {
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolMfaType,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { UpdatePlan } from '../../auth/plan.ts';
import { type Cognito, isRefusal } from './api.ts';
import { changedList } from './lists.ts';
import { CONSTRAINT, MESSAGE, MFA_MESSAGE, SUBJECT, VERIFIED } from './mapping.ts';
import { changedMfa, isOff, type Mfa, readMfa, turnedOff, writeMfa } from './mfa.ts';
import { smsConfiguration, usesPhone } from './sms.ts';
import type { Step } from './step.ts';
import { ownTags } from './tags.ts';
import { getUserPool } from './userPool.ts';
import type { Whole } from './whole.ts';

/** UpdateUserPool resets the members that it is not given, so all of them go back with it. */
export function wholeUserPool(
  pool: UserPoolType,
): Whole<UpdateUserPoolCommandInput, { UserPoolId: 'given with each call'; PoolName: 'left out, the name stays' }> {
  // The deprecated twin of Policies.PasswordPolicy.TemporaryPasswordValidityDays; Cognito refuses both together.
  const { UnusedAccountValidityDays, ...adminCreateUser } = pool.AdminCreateUserConfig ?? {};
  const hasTwin = pool.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined;
  return {
    Policies: pool.Policies,
    DeletionProtection: pool.DeletionProtection,
    LambdaConfig: pool.LambdaConfig,
    AutoVerifiedAttributes: pool.AutoVerifiedAttributes,
    SmsVerificationMessage: pool.SmsVerificationMessage,
    EmailVerificationMessage: pool.EmailVerificationMessage,
    EmailVerificationSubject: pool.EmailVerificationSubject,
    VerificationMessageTemplate: pool.VerificationMessageTemplate,
    SmsAuthenticationMessage: pool.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: pool.UserAttributeUpdateSettings,
    // The value that there is: the call refuses to turn MFA on, which SetUserPoolMfaConfig does.
    MfaConfiguration: pool.MfaConfiguration,
    DeviceConfiguration: pool.DeviceConfiguration,
    EmailConfiguration: pool.EmailConfiguration,
    SmsConfiguration: pool.SmsConfiguration,
    UserPoolTags: ownTags(pool.UserPoolTags),
    AdminCreateUserConfig: pool.AdminCreateUserConfig && {
      ...adminCreateUser,
      ...(!hasTwin && UnusedAccountValidityDays !== undefined && { UnusedAccountValidityDays }),
    },
    UserPoolAddOns: pool.UserPoolAddOns,
    AccountRecoverySetting: pool.AccountRecoverySetting,
    UserPoolTier: pool.UserPoolTier,
    KeyConfiguration: pool.KeyConfiguration,
    IssuerConfiguration: pool.IssuerConfiguration,
  };
}

/** A user pool with its MFA. They depend on each other, so they are written and put back together. */
export interface PoolState {
  readonly pool: UserPoolType;
  /** Undefined where MFA is not touched, and so was not read. */
  readonly mfa: Mfa | undefined;
}

/** The step that changes the user pool and its MFA; undefined where they are as the plan wants them. */
export function userPoolStep(
  cognito: Cognito,
  resourceName: string,
  before: PoolState,
  resumes: boolean,
  plan: UpdatePlan,
): Step | undefined {
  const after = changedPool(cognito, resourceName, before, plan);
  const [from, to] = [shown(before), shown(after)];
  if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
  const transition = new PoolTransition(cognito, before, after, resumes);
  return {
    resource: `user pool ${before.pool.Id}`,
    isSeveral: true,
    before: from,
    after: to,
    read: async () => {
      const id = before.pool.Id ?? '';
      const mfa = before.mfa && (await readMfa(cognito, id));
      return shown({ pool: await getUserPool(cognito, id), mfa });
    },
    run: () => transition.run(),
    undo: () => transition.undo(),
  };
}

const shown = ({ pool, mfa }: PoolState) => ({
  ...wholeUserPool(pool),
  ...(mfa !== undefined && { ...mfa, MfaConfiguration: mfa.MfaConfiguration }),
});

/**
 * Cognito refuses to turn off MFA by text message while the pool is set up for text messages, and to end that while MFA
 * uses them. Where both are to go, MFA is off between the two calls.
 */
export class PoolTransition {
  readonly #cognito: Cognito;
  readonly #before: PoolState;
  readonly #after: PoolState;
  /** The writes that lead to the state after. */
  readonly #writes: { readonly off: boolean; readonly pool: boolean; readonly mfa: boolean };
  /** The writes that may have taken effect. */
  #began: { off: boolean; pool: boolean; mfa: boolean };
  /** The current MFA mode; undefined if it has to be read. */
  #mode: UserPoolMfaType | undefined;

  /** If the transition resumes, an earlier run may have made any of its writes. */
  constructor(cognito: Cognito, before: PoolState, after: PoolState, resumes: boolean) {
    this.#cognito = cognito;
    this.#before = before;
    this.#after = after;
    const off = losesSms(before, after);
    const mfa = after.mfa !== undefined && (off || !sameMfa(before.mfa, after.mfa));
    this.#writes = { off, pool: !samePool(before.pool, after.pool), mfa };
    this.#began = resumes ? { ...this.#writes } : { off: false, pool: false, mfa: false };
    this.#mode = resumes ? undefined : (before.mfa?.MfaConfiguration ?? before.pool.MfaConfiguration ?? 'OFF');
  }

  async run(): Promise<void> {
    const { off, pool, mfa } = this.#writes;
    const [before, after] = [this.#before, this.#after];
    if (off) await this.#noting('off', () => this.#setMfa(turnedOff(before.mfa ?? {})));
    if (pool) await this.#noting('pool', () => this.#update(after.pool));
    if (mfa) await this.#noting('mfa', () => this.#setMfa(after.mfa ?? {}));
  }

  /** Records a write that may have to be undone. */
  async #noting(what: 'off' | 'pool' | 'mfa', write: () => Promise<void>): Promise<void> {
    const began = this.#began[what];
    this.#began[what] = true;
    try {
      await write();
    } catch (error) {
      this.#began[what] = began || !isRefusal(error);
      throw error;
    }
  }

  /** MFA comes first, unless the pool has to lose its text messages before it. */
  async undo(): Promise<void> {
    const { pool, mfa } = this.#before;
    const { off, pool: poolBegan, mfa: mfaBegan } = this.#began;
    const restoresMfa = mfa !== undefined && (off || mfaBegan);
    if (mfa !== undefined && poolBegan && losesSms(this.#after, this.#before)) {
      await this.#setMfa(turnedOff(mfa));
      await this.#update(pool);
      await this.#setMfa(mfa);
      return;
    }
    if (restoresMfa) await this.#setMfa(mfa);
    if (poolBegan) await this.#update(pool);
  }

  async #update(pool: UserPoolType): Promise<void> {
    this.#mode ??= (await readMfa(this.#cognito, this.#id)).MfaConfiguration ?? 'OFF';
    const input = { ...wholeUserPool(pool), MfaConfiguration: this.#mode, UserPoolId: this.#id };
    await this.#cognito.userPools(`user pool ${this.#id}`, new UpdateUserPoolCommand(input));
  }

  async #setMfa(mfa: Mfa): Promise<void> {
    await writeMfa(this.#cognito, this.#id, mfa);
    this.#mode = mfa.MfaConfiguration;
  }

  get #id(): string {
    return this.#before.pool.Id ?? '';
  }
}

/** Whether the pool has text messages that are to go, while MFA is on before and after. */
const losesSms = (before: PoolState, after: PoolState): boolean =>
  before.pool.SmsConfiguration !== undefined &&
  after.pool.SmsConfiguration === undefined &&
  before.mfa !== undefined &&
  !isOff(before.mfa);

const samePool = (a: UserPoolType, b: UserPoolType): boolean => {
  const comparable = (pool: UserPoolType) => JSON.stringify({ ...wholeUserPool(pool), MfaConfiguration: undefined });
  return comparable(a) === comparable(b);
};

const sameMfa = (a: Mfa | undefined, b: Mfa): boolean => JSON.stringify(a) === JSON.stringify(b);

function changedPool(cognito: Cognito, resourceName: string, before: PoolState, plan: UpdatePlan): PoolState {
  const sendsText = plan.mfa?.types?.add.includes('SMS') || plan.verification?.delivery?.add.includes('SMS');
  const sms = before.pool.SmsConfiguration ?? (sendsText ? smsConfiguration(cognito, resourceName) : undefined);
  const mfa = before.mfa && plan.mfa ? changedMfa(before.mfa, plan.mfa, sms) : before.mfa;
  const pool = {
    ...before.pool,
    ...withPasswordPolicy(before.pool, plan.passwordPolicy),
    ...withVerification(before.pool, plan.verification),
    ...(plan.mfa?.smsMessage && { SmsAuthenticationMessage: plan.mfa.smsMessage.to ?? MFA_MESSAGE }),
    SmsConfiguration: sms,
  };
  // MFA can be on without text messages only where the pool has none either.
  const changes = mfa !== undefined && !sameMfa(before.mfa, mfa);
  const withoutSms = changes && !isOff(mfa) && mfa.SmsMfaConfiguration === undefined;
  return { pool: withoutSms && !usesPhone(pool) ? { ...pool, SmsConfiguration: undefined } : pool, mfa };
}

function withPasswordPolicy({ Policies }: UserPoolType, plan: UpdatePlan['passwordPolicy']): Partial<UserPoolType> {
  if (plan === undefined) return {};
  const { minimumLength, constraints } = plan;
  const required = (names: readonly (keyof typeof CONSTRAINT)[] | undefined, value: boolean) =>
    Object.fromEntries((names ?? []).map((name) => [CONSTRAINT[name], value]));
  return {
    Policies: {
      ...Policies,
      PasswordPolicy: {
        ...Policies?.PasswordPolicy,
        ...(minimumLength && { MinimumLength: minimumLength.to }),
        ...required(constraints?.add, true),
        ...required(constraints?.drop, false),
      },
    },
  };
}

function withVerification(pool: UserPoolType, plan: UpdatePlan['verification']): Partial<UserPoolType> {
  if (plan === undefined) return {};
  const email = plan.emailMessage && { EmailMessage: plan.emailMessage.to ?? MESSAGE };
  const subject = plan.emailSubject && { EmailSubject: plan.emailSubject.to ?? SUBJECT };
  const text = plan.smsMessage && { SmsMessage: plan.smsMessage.to ?? MESSAGE };
  const byLink = pool.VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK';
  const byCode = plan.byCode && byLink && { DefaultEmailOption: 'CONFIRM_WITH_CODE' as const };
  const template = { ...email, ...subject, ...text, ...byCode };
  const settings = pool.UserAttributeUpdateSettings;
  const verified = (live: UserPoolType['AutoVerifiedAttributes']) =>
    changedList(live, plan.delivery, (method) => VERIFIED[method]);
  const AutoVerifiedAttributes = verified(pool.AutoVerifiedAttributes);
  // A subset of the above: it loses what that loses, and gains only where such updates are verified at all.
  const beforeUpdate = settings?.AttributesRequireVerificationBeforeUpdate;
  return {
    ...(Object.keys(template).length > 0 && {
      VerificationMessageTemplate: { ...pool.VerificationMessageTemplate, ...template },
    }),
    // The older members of the same meaning: emulators and consoles still read them.
    ...(email && { EmailVerificationMessage: email.EmailMessage }),
    ...(subject && { EmailVerificationSubject: subject.EmailSubject }),
    ...(text && { SmsVerificationMessage: text.SmsMessage }),
    ...(AutoVerifiedAttributes && { AutoVerifiedAttributes }),
    ...(beforeUpdate &&
      beforeUpdate.length > 0 && {
        UserAttributeUpdateSettings: {
          ...settings,
          AttributesRequireVerificationBeforeUpdate: verified(beforeUpdate) ?? [],
        },
      }),
  };
}
