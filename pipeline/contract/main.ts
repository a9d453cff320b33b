#!/usr/bin/env node
import { contractCommand, parseFlags } from './command.ts';
import { CouldNotRun } from './couldNotRun.ts';
import { contractFlags, flagsText } from './flags.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const values = parseFlags(process.argv.slice(2));
    if (values.help === true) {
      console.log(`Usage: openapi-strict contract --url URL --spec FILE [options]\n\n${flagsText(contractFlags)}`);
      return 0;
    }
    return await contractCommand(values, process);
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    console.error(error.message);
    return 2;
  }
}
