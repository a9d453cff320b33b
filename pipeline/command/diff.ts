import { type AddCommand, onlyOne } from './program.ts';

const RELEASED = 'spec/released/openapi.json';
const DOCUMENT = 'generated/openapi.json';

interface Flags {
  readonly released?: string;
  readonly document?: string;
  readonly markdown?: string;
}

const AFTER = `
A breaking change fails unless info.version says so: 1.2.0 → 2.0.0, or 0.1.0 → 0.2.0.

Exit codes: 0 nothing breaks, 1 something does, 2 could not compare.

Example: openapi-strict diff openapi-1.0.0.yaml openapi.yaml`;

export const addDiff: AddCommand = (program, done) => {
  program
    .command('diff')
    .summary('rate every change of the document since it was released')
    .description('Rates every change of the document since it was last released: major, minor or patch.')
    .argument('[released]', `the released document (default: ${RELEASED})`)
    .argument('[document]', `the document as it is now (default: ${DOCUMENT})`)
    .option('--released <file>', 'the same as the first argument')
    .option('--document <file>', 'the same as the second')
    .option('--markdown <file>', 'write a table for a pull request, too')
    .addHelpText('after', AFTER)
    .allowExcessArguments(false)
    .action(async (first: string | undefined, second: string | undefined, { markdown, ...flags }: Flags) => {
      const released = onlyOne('the released document', first, flags.released, '--released');
      const document = onlyOne('the document', second, flags.document, '--document');
      const { diff } = await import('./diff/diff.ts');
      done(await diff({ released: released ?? RELEASED, document: document ?? DOCUMENT, markdown }));
    });
};
