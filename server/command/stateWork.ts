import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { isLoopbackHost } from 'openapi-strict-express';
import { ApiException, type Client, createClient, NetworkError } from '../../client/admin.ts';
import { confirmed } from './confirm.ts';
import { connectionOf } from './connection.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { failureOf } from './failure.ts';
import { reader, UsageError } from './flags.ts';
import { parse, readText } from './json.ts';
import { OUTPUT, PASSPHRASE, SECRETS, YES } from './stateFlags.ts';
import { table } from './table.ts';

type State = Awaited<ReturnType<Client['exportState']>>;

/** A subcommand returns the text for standard output, and throws a `UsageError`. */
const WORKS = { save, restore, reset };
export type Work = keyof typeof WORKS;

/** Does the work of a subcommand. Throws a `UsageError`. */
export async function perform(command: Command, work: Work): Promise<ExitCode> {
  const { baseUrl, fetch } = await connectionOf(command, process.env);
  // The admin surface is not below /prod.
  const origin = new URL(baseUrl).origin;
  try {
    const said = await WORKS[work](createClient({ baseUrl: origin, fetch }), origin, command);
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
    { as: 'stream' },
  );
  if (passphrase === undefined) {
    console.error(`Secrets were left out. Set ${PASSPHRASE} or --passphrase-file to include them, encrypted.`);
  }
  if (output === '-') await print(textOf(state));
  else await write(textOf(state), output);
  return '';
}

/** The text of a state as it comes. */
async function* textOf(state: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = state.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    throw new NetworkError('The state broke off', { cause });
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** As it comes, and no faster than it is read. */
async function print(pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

/** The file is there whole or not at all: until its end, it has another name. */
async function write(pieces: AsyncIterable<string>, output: string): Promise<void> {
  const part = `${output}.part`;
  const file = await open(part, 'w', OWNER_ONLY).catch((error) => {
    throw cantWrite(output, error);
  });
  try {
    for await (const piece of pieces) {
      await file.writeFile(piece).catch((error) => {
        throw cantWrite(output, error);
      });
    }
    await file.close();
    await rename(part, output).catch((error) => {
      throw cantWrite(output, error);
    });
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
}

const OWNER_ONLY = 0o600;

const cantWrite = (output: string, { message }: Error): UsageError =>
  new UsageError(`${output} can't be written: ${message}.`);

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
