import { type Calls, changedTags, Refusal, type Wire } from './cognitoFakeRules.ts';

/** Cognito identity pools in memory, with the roles that no emulator has. */
export class FakeIdentityPools {
  readonly pools = new Map<string, Record<string, Wire>>();
  readonly roles = new Map<string, Record<string, Wire>>();
  #count = 0;

  /** All there is, with their roles. */
  snapshot(): readonly Record<string, Wire>[] {
    return [...this.pools].map(([id, pool]) => ({ ...pool, roles: this.roles.get(id) }));
  }

  readonly calls: Calls = {
    ListIdentityPools: () => ({
      IdentityPools: [...this.pools.values()].map(({ IdentityPoolId, IdentityPoolName }) => ({
        IdentityPoolId,
        IdentityPoolName,
      })),
    }),
    CreateIdentityPool: (input) => {
      const IdentityPoolId = `us-east-1:identities-${++this.#count}x`;
      this.pools.set(IdentityPoolId, { ...input, IdentityPoolId });
      return { ...input, IdentityPoolId };
    },
    DescribeIdentityPool: ({ IdentityPoolId }) => this.#pool(IdentityPoolId),
    // Members that are left out get their defaults, but for the name and guests, which are required.
    UpdateIdentityPool: (input) => {
      const { IdentityPoolTags } = this.#pool(input.IdentityPoolId);
      if (input.IdentityPoolName === undefined || input.AllowUnauthenticatedIdentities === undefined) {
        throw new Refusal(
          'InvalidParameterException',
          'IdentityPoolName and AllowUnauthenticatedIdentities are required.',
        );
      }
      const tags = changedTags(IdentityPoolTags, input.IdentityPoolTags);
      this.pools.set(input.IdentityPoolId, { ...input, IdentityPoolTags: tags });
      return input;
    },
    DeleteIdentityPool: ({ IdentityPoolId }) => {
      this.#pool(IdentityPoolId);
      this.pools.delete(IdentityPoolId);
      this.roles.delete(IdentityPoolId);
      return {};
    },
    GetIdentityPoolRoles: ({ IdentityPoolId }) => {
      this.#pool(IdentityPoolId);
      return { IdentityPoolId, ...this.roles.get(IdentityPoolId) };
    },
    SetIdentityPoolRoles: ({ IdentityPoolId, ...roles }) => {
      this.#pool(IdentityPoolId);
      this.roles.set(IdentityPoolId, roles);
      return {};
    },
  };

  #pool(id: string): Record<string, Wire> {
    const pool = this.pools.get(id);
    if (pool === undefined) throw new Refusal('ResourceNotFoundException', `IdentityPool '${id}' not found.`);
    return pool;
  }
}
