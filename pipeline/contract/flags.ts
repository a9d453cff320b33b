export interface Flag {
  /** The name of its value; a flag without one is a switch. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly many?: boolean;
  readonly text: string;
}

/** The command's flags, for whoever parses a command line. */
export const contractFlags = {
  url: { value: 'URL', text: 'the implementation, with its base path; required' },
  spec: { value: 'FILE|URL', text: 'the OpenAPI document' },
  config: { value: 'FILE', text: 'values, bodies, exclusions and credentials: JSON, YAML or a module' },
  only: { value: 'NAME', many: true, text: 'run only this operation, method or rule; repeatable' },
  exclude: { value: 'NAME', many: true, text: 'never send this operation or method; repeatable' },
  'read-only': { text: 'send nothing but GET, HEAD and OPTIONS' },
  stateless: { text: 'leave out what needs state, as for a mock' },
  strict: { text: 'add rules that OpenAPI does not state: 404, 405, no undeclared members' },
  auth: {
    value: 'SCHEME=env:NAME',
    many: true,
    text: 'the credential of a security scheme, from a variable; repeatable',
  },
  header: { value: "'NAME: VALUE'", many: true, text: 'a header for every request; repeatable' },
  baseline: { value: 'FILE', text: 'report only violations that this file does not hold' },
  'update-baseline': { text: 'write the violations into the baseline' },
  seed: { value: 'N', text: 'the seed of generated bodies (random by default, and printed)' },
  runs: { value: 'N', text: 'generated bodies for each operation and property (default 25)' },
  replay: { value: 'KEY', text: 'run one case again, as the report prints it' },
  bail: { text: 'stop at the first case that fails' },
  'max-time': { value: 'SECONDS', text: 'end the whole run after this time (default 900)' },
  'operation-time': { value: 'SECONDS', text: 'end the cases of an operation after this time (default 120)' },
  timeout: { value: 'SECONDS', text: 'the longest time for one exchange (default 10)' },
  'min-coverage': { value: 'PERCENT', text: 'fail if less of the document was reached' },
  junit: { value: 'FILE', text: 'write the report as JUnit XML too' },
  json: { value: 'FILE', text: 'write the report as JSON too' },
  html: { value: 'FILE', text: 'write the report as a page too' },
  yes: { text: 'send unsafe requests to another machine without asking' },
  help: { text: 'show this' },
} as const satisfies Record<string, Flag>;

/** The values of flags by their names, as a parser of command lines gives them. */
export type FlagValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export function flagsText(flags: Readonly<Record<string, Flag>>): string {
  return Object.entries(flags)
    .map(([name, { value, text }]) => `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(29)} ${text}`)
    .join('\n');
}
