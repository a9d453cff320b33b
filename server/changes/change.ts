import type { App } from '../auth/backends.ts';
import type { AuthConfig } from '../auth/config.ts';
import type { ImportedIds } from '../provisioners/provisioner.ts';

interface Environment {
  readonly appId: string;
  readonly environment: string;
}

/**
 * One thing that a job brings about. Each says how things are to be, not which operation asked for it, so that a job that
 * runs twice comes to the same end.
 */
export type Change =
  | { readonly kind: 'put-environment'; readonly app: App; readonly environment: string }
  | ({
      readonly kind: 'put-auth';
      readonly resourceName: string;
      readonly config: AuthConfig;
      /** The members of `userPoolConfigs` that an update names. */
      readonly named?: string[];
    } & Environment)
  | ({ readonly kind: 'adopt-auth'; readonly resourceName: string; readonly ids: ImportedIds } & Environment)
  | ({ readonly kind: 'remove-auth' } & Environment)
  | ({ readonly kind: 'remove-environment' } & Environment)
  | { readonly kind: 'remove-environments'; readonly appId: string }
  | { readonly kind: 'remove-app'; readonly appId: string };
