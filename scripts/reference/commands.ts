import type { Command, Option } from 'commander';
import { type Program, programOf } from '../../pipeline/command/program.ts';
import { openapiStrict } from '../../pipeline/command/run.ts';
import { amplifyBackendAuth } from '../../server/command/run.ts';
import { code, opening, paragraphs, prose, table } from './markdown.ts';

/** The page of the commands: each with its arguments and flags, as its `--help` has them. */
export async function commandsPage(): Promise<string> {
  return paragraphs(
    opening('Commands and their flags', 'Each command has `--help`, which says more, and shows an example.'),
    await sectionOf(openapiStrict),
    await sectionOf(amplifyBackendAuth),
  );
}

async function sectionOf(about: Program): Promise<string> {
  const program = await programOf(about, undefined, () => {});
  return paragraphs(`## ${about.name}`, prose(about.description), ...nestedIn(program).map(partOf));
}

function partOf(command: Command): string {
  const nested = nestedIn(command);
  if (nested.length === 0) return leaf(command.name(), command);
  const shared = sharedBy(nested);
  // Many that differ in little are a family, such as the operations of an API.
  if (nested.length > 5 && shared.length > 0) return family(command, nested, shared);
  return paragraphs(...nested.map((one) => leaf(`${command.name()} ${one.name()}`, one)));
}

const leaf = (name: string, command: Command): string =>
  paragraphs(
    `### ${name}`,
    prose(command.description()),
    table(['argument', 'about'], argumentsOf(command)),
    table(['flag', 'about'], flagsOf(command)),
  );

function family(command: Command, nested: readonly Command[], shared: readonly string[][]): string {
  const known = new Set(shared.map(([flag]) => flag));
  const more = nested.map((one) => [code(one.name()), namesOf(flagsOf(one).filter(([flag]) => !known.has(flag)))]);
  return paragraphs(
    `### ${command.name()} OPERATION`,
    prose(command.description()),
    table(['flag', 'about'], shared),
    table(['operation', 'flags of its own'], more),
    table(
      ['flag', 'about'],
      distinct(nested.flatMap(flagsOf)).filter(([flag]) => !known.has(flag)),
    ),
  );
}

const nestedIn = (command: Command): Command[] =>
  (command.createHelp().visibleCommands(command) as Command[]).filter((nested) => nested.name() !== 'help');

/** The flags that all of the commands have. */
const sharedBy = ([first, ...others]: readonly Command[]): string[][] =>
  first === undefined
    ? []
    : flagsOf(first).filter((flag) => others.every((one) => flagsOf(one).some(([name]) => name === flag[0])));

const namesOf = (flags: readonly string[][]): string => flags.map(([name]) => name).join(', ');

const distinct = (flags: readonly string[][]): string[][] => [
  ...new Map(flags.map((flag) => [flag.join(), flag])).values(),
];

const argumentsOf = (command: Command): string[][] =>
  command.registeredArguments.map((one) => [
    code(one.required ? `<${one.name()}>` : `[${one.name()}]`),
    prose(one.description),
  ]);

/** Those that every command has are left out. */
const flagsOf = (command: Command): string[][] =>
  command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help' && long !== '--version')
    .map((option) => [code(option.flags), prose(aboutOf(option))]);

const aboutOf = ({ description, defaultValue }: Option): string =>
  defaultValue === undefined ? description : `${description} (default ${code(String(defaultValue))})`;
