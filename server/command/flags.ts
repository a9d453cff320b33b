import { type Command, Option } from 'commander';
import { UsageError } from '../../pipeline/command/program.ts';

export { UsageError };

export interface Flag {
  /** The environment variable that says the same; the flag wins. */
  readonly variable?: string;
  /** The name of its value in the help. A flag without one is a switch. */
  readonly value?: string;
  readonly default?: string;
  readonly text: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** A given value and its source: `--port`, or `PORT`. The value is '' where none was given. */
export interface Given {
  readonly value: string;
  readonly source: string;
}

export function addFlags(command: Command, flags: Flags): Command {
  for (const [name, flag] of Object.entries(flags)) {
    const option = new Option(`--${name}${flag.value === undefined ? '' : ` <${flag.value}>`}`, flag.text);
    if (flag.default !== undefined) option.default(flag.default, flag.default);
    if (flag.variable !== undefined) option.env(flag.variable);
    command.addOption(option);
  }
  return command;
}

/** Reads what was given for flags that `addFlags` added. */
export function reader<Table extends Flags>(command: Command, flags: Table) {
  const attribute = (name: string) => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return {
    read(name: keyof Table & string): Given {
      const flag = flags[name];
      const value = command.getOptionValue(attribute(name));
      const isFromEnv = command.getOptionValueSource(attribute(name)) === 'env';
      // A variable that is set to nothing is as good as none.
      if (isFromEnv && value !== '') return { value: String(value), source: flag?.variable ?? name };
      return { value: isFromEnv ? (flag?.default ?? '') : String(value ?? ''), source: `--${name}` };
    },
    isOn: (name: keyof Table & string): boolean => command.getOptionValue(attribute(name)) === true,
  };
}

export function wholeNumber({ value, source }: Given, max: number, min = 0): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > max || number < min) {
    throw new UsageError(`${source} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}.`);
  }
  return number;
}

export function oneOf<const Choice extends string>({ value, source }: Given, choices: readonly Choice[]): Choice {
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new UsageError(`${source} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}.`);
}

export function url({ value, source }: Given): string | undefined {
  if (value === '') return undefined;
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new UsageError(`${source} must be a URL such as http://127.0.0.1:9229, not ${JSON.stringify(value)}.`);
}
