import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addCall } from './call.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { UsageError } from './flags.ts';
import { addServe } from './serve.ts';
import { addState } from './state.ts';

const NAME = 'amplify-backend-auth';
const MAX_WIDTH = 120;

const AFTER = `
Flags without a command are those of serve.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no answer from the server.

Example: ${NAME} serve --demo`;

/** Runs the command, and answers what it ends with. Throws what nobody foresaw. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = programOf((ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(withCommand(args), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Its help and version end by an error, too.
      if (error.exitCode === 0) return EXIT.done;
      // Where a command lacks its sub-command, its help was shown.
      if (error.code !== 'commander.help') console.error(sentence(error.message));
      return EXIT.usage;
    }
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return EXIT.usage;
  }
}

function programOf(done: (code: ExitCode) => void): Command {
  const program = new Command(NAME)
    .description("Amplify Backend's authentication control plane: a server, and what to call it with.")
    .version(manifest.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this')
    .helpCommand(false)
    .configureHelp({ helpWidth: Math.min(process.stdout.columns || MAX_WIDTH, MAX_WIDTH) })
    .addHelpText('after', AFTER)
    // Commands take these over; what is to be said is said here, by what is thrown.
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  addServe(program, done);
  addCall(program, done);
  addState(program, done);
  return program;
}

/** `npm start -- --demo`, and the command as it was before it had others, serve. */
function withCommand(args: readonly string[]): string[] {
  const [first] = args;
  const isOwn = first === undefined || !first.startsWith('-') || ['-h', '--help', '-V', '--version'].includes(first);
  return isOwn && first !== undefined ? [...args] : ['serve', ...args];
}

/** Commander's words as a sentence, on one line. */
function sentence(message: string): string {
  const [what = '', hint] = message.replace(/^error: /, '').split('\n');
  const said = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/\.?$/, '.');
  const more = hint ? ` ${hint.replace(/^\((.*)\)$/, '$1')}` : '';
  return `${said}${more} Run with --help to see what there is.`;
}
