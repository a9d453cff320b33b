import { portOf } from './port.ts';
import type { AddCommand } from './program.ts';

const AFTER = `
Listens on this machine only.

Exit codes: 0 stopped by Ctrl-C, 1 could not listen, 2 wrong usage.

Example: openapi-strict docs --port 4001`;

export const addDocs: AddCommand = (program, done) => {
  program
    .command('docs')
    .summary('serve the reference page, and reload it after each change')
    .description('Serves the reference page of the document, generates it again after each save, and reloads browsers.')
    .option('--port <port>', 'the port to listen on; 0 takes a free one', '4000')
    .addHelpText('after', AFTER)
    .allowExcessArguments(false)
    .action(async ({ port }: { port: string }) => {
      const { serveDocs } = await import('./docs/serve.ts');
      done(await serveDocs(process.cwd(), portOf(port)));
    });
};
