import type { components } from '../../generated/admin/schema.ts';
import type { AuthConfig } from '../auth/config.ts';
import type { Change } from '../changes/change.ts';

export type StateFile = components['schemas']['StateFile'];
export type StateJob = StateFile['jobs'][number];
export type Providers = NonNullable<NonNullable<AuthConfig['userPoolConfigs']['oAuth']>['socialProviderSettings']>;

export const FORMAT = 'amplify-backend-auth-state';
export const VERSION = 2;
/** Those that can be read. The first has no notes. */
export const VERSIONS = [1, VERSION];

/** The lists of a file in the order of its members. */
export const LISTS = ['apps', 'authResources', 'environments', 'jobs'] as const;

export type MapConfig = (config: AuthConfig) => AuthConfig;

export const mapConfigs = (changes: readonly Change[], map: MapConfig): Change[] =>
  changes.map((change) => (change.kind === 'put-auth' ? { ...change, config: map(change.config) } : change));

/** JSON that is the same for the same content: tools that sort members or indent change nothing that counts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** The encrypted part is the JSON of an object with these members, each value in a line of its own. */
export const SEALED = {
  /** The settings of providers, in the order of the configurations that have any. */
  providers: '{"providers":[',
  /** For each resource with an unfinished update, in their order, the notes of what is to be put back. */
  notes: '],"notes":[',
  end: ']}',
};
