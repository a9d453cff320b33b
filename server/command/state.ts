import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { isLoopbackHost } from 'openapi-strict-express';
import { ApiException, type Client, createClient } from '../../client/admin.ts';
import { confirmed } from './confirm.ts';
import { addConnectionFlags, connectionOf, SIGNING } from './connection.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { failureOf } from './failure.ts';
import { addFlags, type Flags, reader, UsageError } from './flags.ts';
import { parse, readText } from './json.ts';
import { addRekey } from './rekey.ts';
import { table } from './table.ts';

const PASSPHRASE = 'BACKEND_AUTH_PASSPHRASE';

const SECRETS = {
  'passphrase-file': { value: 'FILE', text: `file whose first line is the passphrase; or the variable ${PASSPHRASE}` },
} as const satisfies Flags;
const OUTPUT = {
  output: { value: 'FILE', default: '-', text: 'file to write; - is standard output' },
} as const satisfies Flags;
const YES = { yes: { text: 'do not ask first; required without a terminal' } } as const satisfies Flags;

const NEEDS = `
The server must run with --admin.${SIGNING}

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no answer from the server.
`;

type State = Awaited<ReturnType<Client['exportState']>>;

export function addState(program: Command, done: (code: ExitCode) => void): void {
  const state = program
    .command('state')
    .summary('save, restore, empty or rekey the state of a server')
    .description('Saves, restores, empties or rekeys everything that a server stores.')
    .addHelpText('after', `${NEEDS}\nExample: amplify-backend-auth state export --output state.json`);

  const add = (name: string, flags: Flags, about: string, example: string, work: Work, argument?: string) => {
    const command = state
      .command(name)
      .summary(about)
      .description(`${about.charAt(0).toUpperCase()}${about.slice(1)}.`)
      .allowExcessArguments(false);
    if (argument !== undefined) command.argument(argument, 'saved state; - is standard input');
    addConnectionFlags(addFlags(command, flags)).addHelpText('after', `${NEEDS}\nExample: ${example}`);
    command.action(async () => done(await perform(command, work)));
  };
  add(
    'export',
    { ...OUTPUT, ...SECRETS },
    'save the state; secrets only with a passphrase, which encrypts them',
    `${PASSPHRASE}='…' amplify-backend-auth state export --output state.json`,
    save,
  );
  add(
    'import',
    { ...YES, ...SECRETS },
    'replace everything with a saved state',
    'amplify-backend-auth state import state.json --yes',
    restore,
    '<file>',
  );
  addRekey(state, done);
  add('reset', YES, 'delete everything; a demo is created again', 'amplify-backend-auth state reset --yes', reset);
}

/** Does the work of a subcommand and returns the text for standard output. Throws a `UsageError`. */
type Work = (client: Client, baseUrl: string, command: Command) => Promise<string>;

async function perform(command: Command, work: Work): Promise<ExitCode> {
  const { baseUrl, fetch } = await connectionOf(command, process.env);
  // The admin surface is not below /prod.
  const origin = new URL(baseUrl).origin;
  try {
    const said = await work(createClient({ baseUrl: origin, fetch }), origin, command);
    if (said !== '') console.log(said);
    return EXIT.done;
  } catch (error) {
    if (error instanceof NotConfirmed) {
      console.error('Nothing was done.');
      return EXIT.refused;
    }
    if (error instanceof UsageError) throw error;
    const { message, code } = failureOf(error, origin);
    const isAbsent = error instanceof ApiException && error.status === 404;
    console.error(isAbsent ? `The server at ${origin} has no /admin. Start it with --admin.` : message);
    return code;
  }
}

class NotConfirmed extends Error {}

async function save(client: Client, baseUrl: string, command: Command): Promise<string> {
  const output = reader(command, OUTPUT).read('output').value;
  const passphrase = await passphraseFor(baseUrl, command);
  const state = await client.exportState(
    passphrase === undefined ? { secrets: 'OMIT' } : { secrets: 'ENCRYPT', passphrase },
  );
  if (passphrase === undefined) {
    console.error(`Secrets were left out. Set ${PASSPHRASE} or --passphrase-file to include them, encrypted.`);
  }
  const json = JSON.stringify(state, null, 2);
  if (output === '-') return json;
  try {
    await writeFile(output, `${json}\n`, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`${output} can't be written: ${(error as Error).message}.`);
  }
  return '';
}

async function restore(client: Client, baseUrl: string, command: Command): Promise<string> {
  const [file = '-'] = command.args;
  const json = file === '-' ? await text(process.stdin) : await readText(file);
  const state = parse(json, file === '-' ? 'Standard input' : file) as unknown as State;
  const passphrase = state.secrets === undefined ? undefined : await passphraseFor(baseUrl, command);
  await confirm(
    command,
    `This replaces everything that ${baseUrl} stores with ${file === '-' ? 'the state from standard input' : file}.`,
  );
  return table(await client.importState({ state, ...(passphrase !== undefined && { passphrase }) }));
}

async function reset(client: Client, baseUrl: string, command: Command): Promise<string> {
  await confirm(command, `This deletes everything that ${baseUrl} stores.`);
  return table(await client.resetState());
}

async function confirm(command: Command, question: string): Promise<void> {
  if (!reader(command, YES).isOn('yes') && !(await confirmed(question, 'Add --yes to agree.')))
    throw new NotConfirmed();
}

/** Not the value of a flag, since other users of the machine can see command lines. */
async function passphraseFor(baseUrl: string, command: Command): Promise<string | undefined> {
  const file = reader(command, SECRETS).read('passphrase-file').value;
  const passphrase = file === '' ? process.env[PASSPHRASE] : (await readText(file)).split(/\r?\n/, 1)[0];
  if (!passphrase) {
    if (file !== '') throw new UsageError(`The first line of ${file} must be the passphrase, but it is empty.`);
    return undefined;
  }
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' || isLoopbackHost(hostname)) return passphrase;
  throw new UsageError(`A passphrase is sent only to this machine or over https, not to ${baseUrl}.`);
}
