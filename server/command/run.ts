import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { EXIT, type ExitCode } from './exitCodes.ts';
import { UsageError } from './flags.ts';

const NAME = 'amplify-backend-auth';
const MAX_WIDTH = 120;

const AFTER = `
Flags without a command are those of serve.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no answer from the server.

Example: ${NAME} serve --demo`;

/** Runs the command, and answers what it ends with. Throws what nobody foresaw. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const given = withCommand(args);
  try {
    const program = await programOf(given[0], (ended) => {
      code = ended;
    });
    await program.parseAsync(given, { from: 'user' });
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

/** What adds each command: loaded where it is the one that was given, or where all have to be told of. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command, done: (code: ExitCode) => void) => void>>> = {
  serve: async () => (await import('./serve.ts')).addServe,
  call: async () => (await import('./call.ts')).addCall,
  state: async () => (await import('./state.ts')).addState,
};

async function programOf(given: string | undefined, done: (code: ExitCode) => void): Promise<Command> {
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
  const isKnown = given !== undefined && Object.hasOwn(COMMANDS, given);
  for (const [name, load] of Object.entries(COMMANDS)) if (!isKnown || name === given) (await load())(program, done);
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
