import { portOf } from './port.ts';
import { type AddCommand, onlyOne } from './program.ts';

const AFTER = `
Each response is an example of the document, or a value made from its schema. Requests are validated. Any credential is
accepted where the document asks for one. A request chooses its response: Prefer: code=404, or Prefer: example=name.

Exit codes: 0 stopped by Ctrl-C, 1 could not listen, 2 wrong usage or a wrong document.

Example: openapi-strict mock openapi.yaml --port 3000`;

export const addMock: AddCommand = (program, done) => {
  program
    .command('mock')
    .summary('serve examples of the document')
    .description('Serves a mock of the document: its examples, or values made from its schemas.')
    .argument('[document]', 'a document in place of that of the configuration: a file or a URL')
    .option('--spec <file>', 'the same')
    .option('--port <port>', 'the port to listen on; 0 takes a free one', process.env.PORT || '3000')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .addHelpText('after', AFTER)
    .allowExcessArguments(false)
    .action(
      async (document: string | undefined, { spec, port, host }: { spec?: string; port: string; host: string }) => {
        const given = onlyOne('the document', document, spec, '--spec');
        const { serveMock } = await import('./mock/serve.ts');
        done(await serveMock(process.cwd(), given, { port: portOf(port), host }));
      },
    );
};
