import type { Given } from './diff/diff.ts';
import type { AddCommand } from './program.ts';

const AFTER = `
A breaking change fails unless info.version says so: 1.2.0 → 2.0.0, or 0.1.0 → 0.2.0.

Exit codes: 0 nothing breaks, 1 something does, 2 could not compare.

Example: openapi-strict diff --released openapi-1.0.0.yaml --document openapi.yaml`;

export const addDiff: AddCommand = (program, done) => {
  program
    .command('diff')
    .summary('rate every change of the document since it was released')
    .description('Rates every change of the document since it was last released: major, minor or patch.')
    .option('--released <file>', 'the released document', 'spec/released/openapi.json')
    .option('--document <file>', 'the document as it is now', 'generated/openapi.json')
    .option('--markdown <file>', 'write a table for a pull request, too')
    .addHelpText('after', AFTER)
    .allowExcessArguments(false)
    .action(async (given: Given) => {
      const { diff } = await import('./diff/diff.ts');
      done(await diff(given));
    });
};
