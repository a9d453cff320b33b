import type { Command } from 'commander';
import { distance } from 'fastest-levenshtein';
import { type OperationId, operations } from '../../generated/operations.ts';
import { CALL, hasPreview, PREVIEW, YES } from './callFlags.ts';
import { addConnectionFlags, SIGNING } from './connection.ts';
import { isDestructive } from './destructive.ts';
import type { ExitCode } from './exitCodes.ts';
import { addFlags, UsageError } from './flags.ts';
import { describeInput, exampleOf, summaryOf } from './inputHelp.ts';

const IDS = Object.keys(operations) as OperationId[];

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
    addConnectionFlags(addFlags(command, CALL)).action(async () => {
      const { callOperation } = await import('./callOperation.ts');
      done(await callOperation(id, command));
    });
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
