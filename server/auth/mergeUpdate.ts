import type { components } from '../../generated/schema.ts';
import { refuse } from '../exceptions.ts';
import type { AuthResource } from './backends.ts';
import type { AuthConfig } from './config.ts';
import { mergeConfig } from './merge.ts';
import { configViolations, providerViolations } from './rules.ts';
import { sameValue } from './sameValue.ts';
import type { Secrets } from './secrets.ts';

type Update = components['schemas']['UpdateBackendAuthResourceConfig'];

/** A checked update: the configurations with their secrets in clear, and the members of the pool that it names. */
export interface MergedUpdate {
  readonly bases: Bases;
  readonly config: AuthConfig;
  readonly named: string[];
}

/** The configuration that an update starts from, and others that what is outside may be as. */
export type Bases = readonly [before: AuthConfig, ...others: AuthConfig[]];

/** After an update that failed and could not be undone, what is outside may also be as it was read, or as was attempted. */
export function basesOf({ config, unfinished }: AuthResource, secrets: Secrets): Bases {
  const open = (one: AuthConfig) => secrets.openConfig(one);
  if (unfinished === undefined) return [open(config)];
  return [open(unfinished.intended), open(config), ...unfinished.attempted.map(open)];
}

/** Merges an update into the stored resource. Throws a `BadRequestException` that lists every violation. */
export function mergeUpdate(auth: AuthResource, update: Update, secrets: Secrets): MergedUpdate {
  const bases = basesOf(auth, secrets);
  const [before] = bases;
  const config = mergeConfig(before, update, auth.resourceName);
  refuse([...configViolations(withoutStored(update, before)), ...providerViolations(config, before)]);
  return { bases, config, named: Object.keys(update.userPoolConfigs) };
}

/** The update without what is stored already: an imported pool may be as no rule allows, and what it shows can be sent back. */
function withoutStored(update: Update, { userPoolConfigs: stored }: AuthConfig): Update {
  const changed = Object.entries(update.userPoolConfigs).filter(
    ([name, value]) => !sameValue(value, stored[name as keyof typeof stored]),
  );
  return { ...update, userPoolConfigs: Object.fromEntries(changed) };
}
