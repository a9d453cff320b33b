import type { Command } from 'commander';
import { addConnectionFlags, SIGNING } from './connection.ts';
import type { ExitCode } from './exitCodes.ts';
import { addFlags, type Flags } from './flags.ts';
import { addRekey } from './rekey.ts';
import { OUTPUT, PASSPHRASE, SECRETS, YES } from './stateFlags.ts';
import type { Work } from './stateWork.ts';

const NEEDS = `
The server must run with --admin.${SIGNING}

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no answer from the server.
`;

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
    command.action(async () => {
      const { perform } = await import('./stateWork.ts');
      done(await perform(command, work));
    });
  };
  add(
    'export',
    { ...OUTPUT, ...SECRETS },
    'save the state; secrets only with a passphrase, which encrypts them',
    `${PASSPHRASE}='…' amplify-backend-auth state export --output state.json`,
    'save',
  );
  add(
    'import',
    { ...YES, ...SECRETS },
    'replace everything with a saved state',
    'amplify-backend-auth state import state.json --yes',
    'restore',
    '<file>',
  );
  addRekey(state, done);
  add('reset', YES, 'delete everything; a demo is created again', 'amplify-backend-auth state reset --yes', 'reset');
}
