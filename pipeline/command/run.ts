import manifest from './package.json' with { type: 'json' };
import { type Program, runProgram } from './program.ts';

const AFTER = `
Exit codes: 0 done, 1 a difference or a violation was found, 2 wrong usage or a wrong document.

Example: openapi-strict init openapi.yaml && npm run gen && npm start`;

export const openapiStrict: Program = {
  name: 'openapi-strict',
  version: manifest.version,
  description: 'A validated server, a typed client, docs, a mock and contract tests from an OpenAPI document.',
  after: AFTER,
  commands: {
    init: async () => (await import('./init.ts')).addInit,
    gen: async () => (await import('./gen.ts')).addGen,
    docs: async () => (await import('./docs.ts')).addDocs,
    diff: async () => (await import('./diff.ts')).addDiff,
    mock: async () => (await import('./mock.ts')).addMock,
    contract: async () => (await import('./contract.ts')).addContract,
  },
};

/** Runs `openapi-strict`, and returns its exit code. */
export const run = (args: readonly string[]): Promise<number> => runProgram(openapiStrict, args);
