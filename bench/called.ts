// Serves a document by its mock, calls every operation, and prints what came of it.
import { readFileSync } from 'node:fs';
import { callEverything } from '../test/helpers/callEverything.ts';

const [file = ''] = process.argv.slice(2);
const { operations, answers, statuses, refused, faults } = await callEverything(JSON.parse(readFileSync(file, 'utf8')));
console.log(
  JSON.stringify({ operations, answers, refused: refused.length, faults: faults.length, 500: statuses[500] ?? 0 }),
);
process.exit(0);
