import type { Command } from 'commander';
import { createClient } from '../../client/index.ts';
import { type OperationId, operations } from '../../generated/operations.ts';
import { CALL, PREVIEW, YES } from './callFlags.ts';
import { type Connection, connectionOf } from './connection.ts';
import { nameTyped } from './destructive.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { failureOf } from './failure.ts';
import { oneOf, reader, UsageError, wholeNumber } from './flags.ts';
import { readJson } from './json.ts';
import { previewOf } from './preview.ts';
import { followJob } from './progress.ts';
import { table } from './table.ts';
import { unknownMembers } from './unknownMembers.ts';

type Call = (input: object) => Promise<object | undefined>;

const MAX_WAIT = 2 ** 31 - 1; // ms

/** Sends one request, and shows its answer. Throws a `UsageError`. */
export async function callOperation(id: OperationId, command: Command): Promise<ExitCode> {
  const { read, isOn } = reader(command, CALL);
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
