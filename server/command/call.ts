import type { Command } from 'commander';
import { distance } from 'fastest-levenshtein';
import { createClient } from '../../client/index.ts';
import { operations } from '../../generated/operations.ts';
import { addConnectionFlags, type Connection, connectionOf, SIGNING } from './connection.ts';
import { isDestructive, nameTyped } from './destructive.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { failureOf } from './failure.ts';
import { addFlags, type Flags, oneOf, reader, UsageError, wholeNumber } from './flags.ts';
import { describeInput, exampleOf, summaryOf } from './inputHelp.ts';
import { readJson } from './json.ts';
import { hasPreview, PREVIEW, previewOf } from './preview.ts';
import { followJob } from './progress.ts';
import { table } from './table.ts';
import { unknownMembers } from './unknownMembers.ts';

type OperationId = keyof typeof operations;
type Call = (input: object) => Promise<object | undefined>;

const IDS = Object.keys(operations) as OperationId[];
const MAX_WAIT = 2 ** 31 - 1; // ms

const FLAGS = {
  json: {
    value: 'JSON',
    text: 'the input, with the names of the document: JSON, @FILE, or - for standard input',
    default: '{}',
  },
  strict: { text: 'send nothing where the input has a member that the document does not declare' },
  output: { value: 'FORM', default: 'json', text: 'json or table' },
  wait: { text: 'wait for the job that the operation starts, and show the job' },
  timeout: { value: 'MS', default: '1800000', text: 'how long to wait for the job' },
} as const satisfies Flags;
const YES = { yes: { text: 'do not ask for the name of what is deleted' } } as const satisfies Flags;

const EXIT_CODES = `
Exit codes: 0 done, 1 refused or the job failed, 2 wrong usage, 3 no answer from the server.
`;

export function addCall(program: Command, done: (code: ExitCode) => void): void {
  const call = program
    .command('call')
    .summary('call an operation')
    .usage('<Operation> --json JSON [options]')
    .description('Calls an operation of a server. `help call <Operation>` describes its input.')
    .addHelpText('after', `${SIGNING}\n${EXIT_CODES}\nExample: ${exampleOf('UpdateBackendAuth')}`);
  for (const id of IDS) {
    const command = call
      .command(id)
      .summary(summaryOf(id))
      .description(summaryOf(id))
      .addHelpText('after', () => `\n${describeInput(id)}\n${SIGNING}\n${EXIT_CODES}\nExample: ${exampleOf(id)}`)
      .allowExcessArguments(false);
    if (isDestructive(id)) addFlags(command, YES);
    if (hasPreview(id)) addFlags(command, PREVIEW);
    addConnectionFlags(addFlags(command, FLAGS)).action(async () => done(await callOperation(id, command)));
  }
  call.on('command:*', ([name = '']: string[]) => {
    const [nearest] = IDS.map((id) => ({ id, far: distance(name.toLowerCase(), id.toLowerCase()) })).sort(
      (one, other) => one.far - other.far,
    );
    const isNear = nearest !== undefined && nearest.far <= nearest.id.length / 2;
    const hint = isNear ? `Did you mean ${nearest.id}?` : '`call --help` lists all of them.';
    throw new UsageError(`There is no operation ${JSON.stringify(name)}. ${hint}`);
  });
}

async function callOperation(id: OperationId, command: Command): Promise<ExitCode> {
  const { read, isOn } = reader(command, FLAGS);
  const form = oneOf(read('output'), ['json', 'table']);
  const timeout = wholeNumber(read('timeout'), MAX_WAIT, 1);
  const input = await readJson(read('json'));
  const missing = operations[id].pathParams.filter((name) => !isSegment(input[name]));
  if (missing.length > 0)
    throw new UsageError(
      `--json must have ${missing.join(' and ')}, as text that is not empty; \`call ${id} --help\` tells more.`,
    );
  const unknown = unknownMembers(id, input);
  if (isOn('strict') && unknown.length > 0) throw new UsageError(`${unknown.join(' ')} Nothing was sent.`);
  for (const sentence of unknown) console.error(sentence);
  const connection = await connectionOf(command, process.env);
  if (!reader(command, YES).isOn('yes') && !(await nameTyped(id, input))) {
    console.error('That is not the name. Nothing was sent.');
    return EXIT.refused;
  }
  try {
    const shown = reader(command, PREVIEW).isOn('preview')
      ? await previewOf(connection, input)
      : await answerOf(id, input, connection, isOn('wait') ? timeout : undefined);
    console.log(form === 'table' ? table(shown) : JSON.stringify(shown, null, 2));
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message, code } = failureOf(error, connection.baseUrl);
    console.error(message);
    return code;
  }
}

/** The answer, or the job that it started, where that is waited for. */
async function answerOf(
  id: OperationId,
  input: object,
  connection: Connection,
  wait: number | undefined,
): Promise<object> {
  const client = createClient(connection);
  const method = `${id.charAt(0).toLowerCase()}${id.slice(1)}` as keyof typeof client;
  const answer = (await (client[method] as unknown as Call)(input)) ?? {};
  return wait === undefined ? answer : followJob(client, { ...input, ...answer }, wait);
}

/** Whether a value can be a part of a path. */
const isSegment = (value: unknown): boolean =>
  (typeof value === 'string' || typeof value === 'number') && !['', '.', '..'].includes(String(value));
