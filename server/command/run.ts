import { type Program, runProgram } from '../../pipeline/command/program.ts';
import manifest from '../package.json' with { type: 'json' };

const NAME = 'amplify-backend-auth';

const AFTER = `
Options without a command are those of serve.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no answer from the server.

Example: ${NAME} serve --demo`;

export const amplifyBackendAuth: Program = {
  name: NAME,
  version: manifest.version,
  description: "Amplify Backend's authentication control plane: a server, and commands that call it.",
  after: AFTER,
  commands: {
    serve: async () => (await import('./serve.ts')).addServe,
    call: async () => (await import('./call.ts')).addCall,
    state: async () => (await import('./state.ts')).addState,
  },
};

/** Runs the command, and returns its exit code. */
export const run = (args: readonly string[]): Promise<number> => runProgram(amplifyBackendAuth, withCommand(args));

/** `amplify-backend-auth --demo` serves. Without any argument, the command shows its help. */
function withCommand(args: readonly string[]): readonly string[] {
  const [first = ''] = args;
  return first.startsWith('-') && !/^(-h|--help|-V|--version)$/.test(first) ? ['serve', ...args] : args;
}
