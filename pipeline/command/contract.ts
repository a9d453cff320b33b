import { type Command, Option } from 'commander';
import { contractFlags, type Flag, type FlagValues } from '../contract/flags.ts';
import type { AddCommand } from './program.ts';

const AFTER = `
Exit codes: 0 no new violation, 1 violations, 2 could not run.

Example: openapi-strict contract --url http://127.0.0.1:3000 --spec openapi.yaml`;

export const addContract: AddCommand = (program, done) => {
  const command = program
    .command('contract')
    .summary('test an implementation against the document, over HTTP')
    .description('Tests any implementation of an OpenAPI document against the document, over HTTP.')
    .addHelpText('after', AFTER)
    .allowExcessArguments(false);
  const options = Object.entries<Flag>(contractFlags).flatMap(([name, flag]) =>
    name === 'help' ? [] : [addFlag(command, name, flag)],
  );
  command.action(async (given: Readonly<Record<string, FlagValues[string]>>) => {
    const { contractCommand } = await import('../contract/command.ts');
    const values = Object.fromEntries(options.map((option) => [option.name(), given[option.attributeName()]]));
    done(await contractCommand(values, process));
  });
};

function addFlag(command: Command, name: string, { value, many = false, text }: Flag): Option {
  // Some names of values show quotes, which Commander does not take for a value.
  const option = new Option(`--${name}${value === undefined ? '' : ` <${value.replaceAll(/['<>]/g, '')}>`}`, text);
  if (many) option.argParser((one: string, before: readonly string[] = []) => [...before, one]);
  command.addOption(option);
  return option;
}
