import { createInterface } from 'node:readline/promises';
import type { OperationId } from '../../generated/operations.ts';

/** Operations that delete what can't be had back, each with the member that names what goes. */
const NAMED_BY: Partial<Record<OperationId, string>> = {
  DeleteBackend: 'backendEnvironmentName',
  DeleteBackendAuth: 'resourceName',
  RemoveAllBackends: 'appId',
};

export const isDestructive = (id: OperationId): boolean => id in NAMED_BY;

/** Asks in the terminal to type the name of what goes. A script, which has no terminal, is not asked. */
export async function nameTyped(id: OperationId, input: Readonly<Record<string, unknown>>): Promise<boolean> {
  const member = NAMED_BY[id];
  if (member === undefined || !process.stdin.isTTY) return true;
  const name = String(input[member] ?? '');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await terminal.question(`${id} deletes ${name} for good. Type ${name} to go on: `);
  terminal.close();
  return name !== '' && typed.trim() === name;
}
