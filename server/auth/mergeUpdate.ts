import type { components } from '../../generated/schema.ts';
import { refuse } from '../exceptions.ts';
import type { AuthResource } from './backends.ts';
import type { AuthConfig } from './config.ts';
import { mergeConfig } from './merge.ts';
import { configViolations, providerViolations } from './rules.ts';
import type { Secrets } from './secrets.ts';

type Update = components['schemas']['UpdateBackendAuthResourceConfig'];

/** A checked update: both configurations with their secrets in clear, and the members of the pool that it names. */
export interface MergedUpdate {
  readonly before: AuthConfig;
  readonly config: AuthConfig;
  readonly named: string[];
}

/** Merges an update into the stored resource. Throws a `BadRequestException` that lists every violation. */
export function mergeUpdate(auth: AuthResource, update: Update, secrets: Secrets): MergedUpdate {
  const before = secrets.openConfig(auth.config);
  // An update that failed and could not be undone left something else behind: this one restores it.
  const { intended } = auth.resources;
  const config = mergeConfig(intended ? secrets.openConfig(intended) : before, update, auth.resourceName);
  refuse([...configViolations(update), ...providerViolations(config, before)]);
  return { before, config, named: Object.keys(update.userPoolConfigs) };
}
