import { basename } from 'node:path';
import { createConfig, getMergedConfig, loadConfig, type StyleguideConfig } from '@redocly/openapi-core';
import type { Project } from './config.ts';
import type { Snapshot } from './source/snapshot.ts';
import { StepFailed } from './step.ts';

/** Without these, the generated code would be wrong. All other rules are a matter of taste. */
const necessary = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'path-parameters-defined': 'error',
  'operation-parameters-unique': 'error',
} as const;

/** The rules that a document must meet: those of its Redocly configuration, or the necessary ones. */
export async function lintConfig({ redocly, api }: Project, snapshot: Snapshot): Promise<StyleguideConfig> {
  if (redocly === undefined) return (await createConfig({ rules: necessary })).styleguide;
  try {
    snapshot.readFile(redocly);
    return getMergedConfig(await loadConfig({ configPath: redocly }), api).styleguide;
  } catch (error) {
    const [first] = (error as Error).message.split('\n');
    throw new StepFailed([{ place: `${basename(redocly)}:`, message: `It can not be loaded: ${first}` }]);
  }
}
