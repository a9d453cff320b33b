import { createInterface } from 'node:readline/promises';

/** Asks in the terminal; where there is none, says how to do without and takes it for a no. */
export async function confirmed(question: string, otherwise: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error(`${question} ${otherwise}`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} Go on? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
