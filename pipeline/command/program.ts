import { Command, CommanderError } from 'commander';
import { addCompletion } from './completion.ts';

/** A mistake of the person at the terminal. The message is one sentence that says what is wrong, and what to do. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** A value that can be given as an argument or by a flag. Throws where both are there, and differ. */
export function onlyOne(
  meaning: string,
  argument: string | undefined,
  flagged: string | undefined,
  flag: string,
): string | undefined {
  if (argument !== undefined && flagged !== undefined && argument !== flagged)
    throw new UsageError(`Both ${argument} and ${flag} ${flagged} name ${meaning}. Give one of them.`);
  return argument ?? flagged;
}

/** Adds a command to a program; `done` takes the exit code that it ends with. */
export type AddCommand = (program: Command, done: (code: number) => void) => void;

export interface Program {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Text below the help. */
  readonly after: string;
  /** The commands by name. Only the one that is called is loaded, or all of them where all are listed. */
  readonly commands: Readonly<Record<string, () => Promise<AddCommand>>>;
}

const MAX_WIDTH = 120;
/** The exit code of wrong usage. */
const USAGE = 2;

/** Runs a command line, and returns its exit code. A mistake is one sentence on standard error. */
export async function runProgram(about: Program, args: readonly string[]): Promise<number> {
  let code = 0;
  try {
    const program = await programOf(about, args[0], (ended) => {
      code = ended;
    });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return ended(error);
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return USAGE;
  }
}

/** Commander ends help and versions by an error, too. */
function ended({ exitCode, code, message }: CommanderError): number {
  if (exitCode === 0) return 0;
  // Without a command, or without its sub-command, the help was shown.
  if (code !== 'commander.help') console.error(sentence(message));
  return USAGE;
}

/** A program with the command that is `given`, or with all of them where there is none of that name. */
export async function programOf(
  about: Program,
  given: string | undefined,
  done: (code: number) => void,
): Promise<Command> {
  const { name, version, description, after, commands } = about;
  const program = new Command(name)
    .description(description)
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError(true)
    .configureHelp({ helpWidth: Math.min(process.stdout.columns || MAX_WIDTH, MAX_WIDTH) })
    .addHelpText('after', after)
    // Commands inherit these. What they would print and end with is decided above.
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  const isKnown = given !== undefined && Object.hasOwn(commands, given);
  for (const [command, load] of Object.entries(commands)) {
    if (!isKnown || command === given) (await load())(program, done);
  }
  if (!isKnown) addCompletion(program);
  for (const command of program.commands) giveVersion(command, version);
  return program;
}

/** `--version` is asked of commands, too. */
function giveVersion(command: Command, version: string): void {
  command.version(version, '-V, --version', 'show the version');
  for (const nested of command.commands) giveVersion(nested, version);
}

/** Commander's words as a sentence, on one line. */
function sentence(message: string): string {
  const [what = '', hint] = message.replace(/^error: /, '').split('\n');
  const said = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/\.?$/, '.');
  return hint ? `${said} ${hint.replace(/^\((.*)\)$/, '$1')}` : `${said} --help lists what there is.`;
}
