import { Argument, type Command, type Option } from 'commander';

const scripts: Readonly<Record<string, (name: string, id: string) => string>> = {
  bash: (name, id) => `_${id}() {
  mapfile -t COMPREPLY < <(compgen -W "$(${name} completion words "\${COMP_WORDS[@]:1:COMP_CWORD-1}")" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _${id} ${name}`,
  zsh: (name, id) => `_${id}() {
  local -a known
  known=(\${(f)"$(${name} completion words "\${(@)words[2,CURRENT-1]}")"})
  compadd -a known || _files
}
compdef _${id} ${name}`,
  fish: (name) => `complete -c ${name} -a '(${name} completion words (commandline -opc)[2..])'`,
};

/** Adds `completion SHELL`, which prints a script for the shell, and `completion words …`, which that script calls. */
export function addCompletion(program: Command): void {
  const name = program.name();
  const completion = program
    .command('completion')
    .summary('print a script that completes commands and options in a shell')
    .description('Prints a script that completes commands and options in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .addHelpText('after', `\nExample: source <(${name} completion bash)`)
    .action((shell: string) => console.log(scripts[shell]?.(name, name.replaceAll('-', '_'))));
  completion
    .command('words [words...]', { hidden: true })
    .allowUnknownOption()
    .helpOption(false)
    .action((words: string[]) => console.log(wordsAfter(program, words).join('\n')));
}

/** The words that may follow: the commands and options of the innermost command that was named. */
function wordsAfter(program: Command, words: readonly string[]): string[] {
  let command = program;
  for (const word of words) command = command.commands.find((nested) => nested.name() === word) ?? command;
  const help = command.createHelp();
  const options = help.visibleOptions(command).map(({ long }: Option) => long ?? '');
  return [...help.visibleCommands(command).map((nested) => nested.name()), ...options.filter((long) => long !== '')];
}
