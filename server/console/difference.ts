import { mergeConfig } from '../auth/merge.ts';
import { mapSecrets } from '../auth/providerSecrets.ts';
import { shownConfig } from '../auth/show.ts';
import type { Config } from './environment.ts';
import { isObject, settingsOf } from './settings.ts';

type Update = Parameters<typeof mergeConfig>[1];

/** Stands for a secret that is sent; the one that is stored is never answered. */
export const SECRET = '••••••';

export interface Row {
  /** The members that lead to the setting, and the setting's own name. */
  readonly within: string;
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly change: 'same' | 'added' | 'removed' | 'changed';
}

/**
 * The configuration after an update, by the rules of the server itself. Undefined where the input can't be merged: what is
 * wrong with it is then for the form, or the server, to say.
 */
export function configAfter(stored: Config, input: unknown, resourceName: string): Config | undefined {
  const update = isObject(input) ? input.resourceConfig : undefined;
  if (!isObject(update) || !isObject(update.userPoolConfigs)) return undefined;
  try {
    const merged = mergeConfig(stored, update as unknown as Update, resourceName);
    const shown = shownConfig(merged);
    const { oAuth } = mapSecrets(merged, () => SECRET).userPoolConfigs;
    return oAuth === undefined ? shown : { ...shown, userPoolConfigs: { ...shown.userPoolConfigs, oAuth } };
  } catch {
    return undefined; // such as a list where an object belongs
  }
}

/** Every setting of two configurations side by side, by their names; members that are undefined are not there. */
export function difference(before: object, after: object): Row[] {
  const [left, right] = [valuesOf(before), valuesOf(after)];
  return [...new Set([...left.keys(), ...right.keys()])].sort().map((key) => {
    const path = JSON.parse(key) as string[];
    const [was, is] = [left.get(key), right.get(key)];
    return {
      within: path.slice(0, -1).join(' › '),
      name: path.at(-1) ?? '',
      before: was,
      after: is,
      change: changeOf(was, is),
    };
  });
}

const valuesOf = (config: object): Map<string, unknown> =>
  new Map(
    settingsOf(config, [], [])
      .filter(({ value }) => value !== undefined)
      .map(({ path, value }) => [JSON.stringify(path), value]),
  );

function changeOf(before: unknown, after: unknown): Row['change'] {
  if (JSON.stringify(before) === JSON.stringify(after)) return 'same';
  if (after === SECRET) return 'changed';
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}
