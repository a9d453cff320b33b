import type { AddCommand } from './program.ts';

const AFTER = `
Existing files are kept: of package.json, only missing scripts and "type": "module" are set.

Examples:
  openapi-strict init openapi.yaml
  openapi-strict init https://petstore3.swagger.io/api/v3/openapi.json --out petstore`;

export const addInit: AddCommand = (program, done) => {
  program
    .command('init')
    .summary('set up a project for an OpenAPI document')
    .description('Sets up a project: scripts, tsconfig.json, openapi-strict.config.ts and the start of a server.')
    .argument(
      '[document]',
      'the document, as a file or an http(s) URL, which is saved (default: openapi.yaml or .json)',
    )
    .option('--out <folder>', 'the folder of the project', '.')
    .addHelpText('after', AFTER)
    .action(async (document: string | undefined, { out }: { out: string }) => {
      const { init } = await import('./init/init.ts');
      for (const line of await init(document, out)) console.log(line);
      done(0);
    });
};
