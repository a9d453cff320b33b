import { setTimeout } from 'node:timers/promises';
import { operationsOf, responseFor } from '../document/operations.ts';
import type { Document } from '../document/types.ts';
import type { Checks } from './validate/checks.ts';

const IDLE = 200; // ms

/** Compiles the validators of every operation, one at a time, while nothing else is done. */
export async function warm(document: Document, checks: Checks): Promise<void> {
  for (const operation of operationsOf(document)) {
    do await setTimeout(IDLE, undefined, { ref: false });
    while (checks.wereUsed());
    for (const content of operation.body?.contents ?? [undefined]) checks.prepare(operation, content);
    const success = [200, 201, 202, 204].map((status) => responseFor(operation.responses, status)).find((one) => one);
    if (success !== undefined) checks.prepareAnswer(operation, success, success.contents[0]);
  }
}
