#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { CouldNotRun } from './couldNotRun.ts';
import { helpText, type Options, readOptions } from './options.ts';
import { junitReport } from './report/junit.ts';
import { violationsOf } from './report/report.ts';
import { textReport } from './report/text.ts';
import { runContract } from './run.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options === 'help') {
      console.log(helpText());
      return 0;
    }
    return await run(options);
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function run(options: Options): Promise<number> {
  const report = await runContract(options);
  console.log(textReport(report));
  if (options.junit !== undefined) await write(options.junit, junitReport(report));
  if (options.json !== undefined) await write(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  return violationsOf(report).length > 0 ? 1 : 0;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CouldNotRun(`The report could not be written: ${(error as Error).message}.`);
  }
}
