import type { Report } from '../../pipeline/contract/report/report.ts';
import { runContract } from '../../pipeline/contract/run.ts';
import type { ContractOptions } from '../../pipeline/contract/suite.ts';
import { listening, SHELF, type ShelfFault, shelf, TOKEN } from './shelf.ts';

/** Runs the contract suite on a shelf with a fault. */
export async function tried(fault: ShelfFault, options: Partial<ContractOptions> = {}): Promise<Report> {
  const server = await listening(await shelf(fault));
  try {
    return await runContract({ url: server.url, spec: SHELF, auth: { token: TOKEN }, runs: 3, ...options });
  } finally {
    await server.close();
  }
}

/** The violations of a report, as lines. */
export const told = ({ violations }: Report): string[] =>
  violations.map(({ operation, rule, title, message, curl }) => `${operation} ${rule}: ${message} (${title}) ${curl}`);

/** The faults of a shelf that the suite catches, with the operation and the rule that it names first. */
export const faults: readonly (readonly [fault: ShelfFault, operation: string, rule: string])[] = [
  ['answers 400 for what is not there', 'getBook', 'status'],
  ['loses a member', 'createBook', 'read-back'],
  ['sorts tags', 'createBook', 'read-back'],
  ['moves the time of creation', 'createBook', 'read-back'],
  ['forgets a filter', 'listBooks', 'filter'],
  ['ends pages early', 'listBooks', 'pages'],
  ['counts wrong', 'listBooks', 'total'],
  ['keeps what a replacement leaves out', 'putBook', 'put'],
  ['takes an isbn twice', 'createBook', 'conflict'],
  ['keeps reviews of removed books', 'deleteBook', 'gone'],
  ['takes any header', 'listBooks', 'status'],
  ['takes any form', 'addReview', 'status'],
  ['dies', 'putBook', 'answer'],
];
