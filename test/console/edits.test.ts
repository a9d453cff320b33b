import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import document from '../../generated/openapi.json' with { type: 'json' };
import { operationOf } from '../../pipeline/forms/document.ts';
import { mergeConfig } from '../../server/auth/merge.ts';
import { edited, equal } from '../../server/console/edits.ts';

/** The groups that an update would send. */
const groups = (began: object, mine: object, now: object) =>
  (edited(document, schema, began, mine, now) as typeof base).userPoolConfigs;
const schema = operationOf(document, 'UpdateBackendAuth').input.properties?.resourceConfig ?? {};
const base = {
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: {
    mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: ['TOTP'] } },
    passwordPolicy: { minimumLength: 8, additionalConstraints: ['REQUIRE_DIGIT'] },
  },
};
const pools = (value: object) => ({ ...base, userPoolConfigs: { ...base.userPoolConfigs, ...value } });

describe('the part of a form that an update sends', () => {
  it('has no group where nothing was edited', () => {
    expect(edited(document, schema, base, structuredClone(base), base)).toEqual({ ...base, userPoolConfigs: {} });
  });

  it('has the group that was edited, whole, and no other', () => {
    const mine = pools({ mfa: { MFAMode: 'OFF', settings: { mfaTypes: ['TOTP'] } } });
    expect(groups(base, mine, base)).toEqual({ mfa: mine.userPoolConfigs.mfa });
  });

  it("keeps someone else's edit of another member of the same group", () => {
    const mine = pools({ passwordPolicy: { minimumLength: 12, additionalConstraints: ['REQUIRE_DIGIT'] } });
    const now = pools({ passwordPolicy: { minimumLength: 8, additionalConstraints: ['REQUIRE_SYMBOL'] } });
    expect(groups(base, mine, now)).toEqual({
      passwordPolicy: { minimumLength: 12, additionalConstraints: ['REQUIRE_SYMBOL'] },
    });
  });

  it('takes a required member that was not edited from the present configuration', () => {
    const now = { ...base, authResources: 'IDENTITY_POOL_AND_USER_POOL' };
    expect(edited(document, schema, base, base, now)).toMatchObject({ authResources: 'IDENTITY_POOL_AND_USER_POOL' });
  });

  it('takes away a member that was emptied', () => {
    const mine = pools({ passwordPolicy: { minimumLength: 8 } });
    expect(groups(base, mine, base)).toEqual({
      passwordPolicy: { minimumLength: 8 },
    });
  });

  it('never undoes what another person changed and this one did not', () => {
    const group = fc.record({
      minimumLength: fc.integer({ min: 6, max: 99 }),
      additionalConstraints: fc.subarray(['REQUIRE_DIGIT', 'REQUIRE_SYMBOL', 'REQUIRE_LOWERCASE']),
    });
    const config = fc
      .record({ passwordPolicy: group, mfa: fc.record({ MFAMode: fc.constantFrom('ON', 'OFF') }) })
      .map(pools);
    fc.assert(
      fc.property(config, config, config, (began, mine, now) => {
        const sent = edited(document, schema, began, mine, now) as typeof base;
        const after = mergeConfig(now as never, sent as never, 'auth') as unknown as typeof base;
        for (const name of ['passwordPolicy', 'mfa'] as const) {
          const [b, m, n, a] = [began, mine, now, after].map(
            ({ userPoolConfigs }) => userPoolConfigs[name] as Record<string, unknown>,
          );
          for (const member of new Set([b, m, n].flatMap((one) => Object.keys(one ?? {})))) {
            if (equal(m?.[member], b?.[member])) expect(a?.[member]).toEqual(n?.[member]);
            else expect(a?.[member]).toEqual(m?.[member]);
          }
        }
      }),
    );
  });
});
