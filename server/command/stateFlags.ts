import type { Flags } from './flags.ts';

/** The variable that holds the passphrase. */
export const PASSPHRASE = 'BACKEND_AUTH_PASSPHRASE';

export const SECRETS = {
  'passphrase-file': { value: 'FILE', text: `file whose first line is the passphrase; or the variable ${PASSPHRASE}` },
} as const satisfies Flags;
export const OUTPUT = {
  output: { value: 'FILE', default: '-', text: 'file to write; - is standard output' },
} as const satisfies Flags;
export const YES = { yes: { text: 'do not ask first; required without a terminal' } } as const satisfies Flags;
