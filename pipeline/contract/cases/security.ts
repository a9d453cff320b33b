import type { Operation } from '../document/document.ts';
import { NotRun } from '../notRun.ts';
import { Credentials } from '../security/credentials.ts';
import type { Bases } from './bases.ts';
import type { Case, Failure } from './case.ts';
import { exchanged } from './exchange.ts';
import { type Expectation, oneOf, successes } from './expectation.ts';

/** Each operation that asks for credentials: without any, with wrong ones, and with each right combination. */
export function securityCases(bases: Bases, operation: Operation, isMock: boolean): Case[] {
  if (operation.method === 'OPTIONS' || operation.security.length === 0 || Credentials.isOpen(operation)) return [];
  const body = bases.bodiesOf(operation)[0]?.value;
  const ofOthers = (credentials: Credentials) => credentials.ofOthers(operation).map((name) => [name]);
  return [
    refused(operation, body, 'without credentials', () => ['none']),
    refused(operation, body, 'with a part of its credentials alone', (all) => all.partly(operation)),
    // A mock looks whether there are credentials; it can't know which are right.
    ...(isMock
      ? []
      : [
          refused(operation, body, 'with wrong credentials', () => ['wrong']),
          refused(operation, body, 'with a credential of another scheme', ofOthers),
        ]),
    accepted(operation, body),
  ];
}

type Choice = (credentials: Credentials) => readonly (readonly string[] | 'none' | 'wrong')[];

const refused = (operation: Operation, body: unknown, title: string, which: Choice): Case => ({
  operation: operation.id,
  title: `refuses a request ${title}`,
  run: async (context) => {
    if (context.sender.addsHeaders && !context.sender.leavesAlone(context.credentials.headersOf(operation))) {
      throw new NotRun('--header may hold a credential');
    }
    const all: Failure[] = [];
    for (const credentials of which(context.credentials)) {
      const expected = () => unauthorised(operation);
      const { found, answer } = await exchanged(context, operation, { body, credentials, expected });
      const what = typeof credentials === 'string' ? title : `${title}: ${credentials.join(' and ')}`;
      all.push(...found.map((failure) => asSecurity(failure, operation, answer.status, what)));
    }
    return all;
  },
});

/** The ordinary request has been sent with the first combination. */
const accepted = (operation: Operation, body: unknown): Case => ({
  operation: operation.id,
  title: 'accepts each combination of right credentials',
  run: async (context) => {
    const expected = () => ({
      label: successes(operation).label,
      has: (status: number) => status !== 401 && status !== 403 && status < 500,
    });
    const all: Failure[] = [];
    for (const names of context.credentials.available(operation).slice(1)) {
      const { found, answer } = await exchanged(context, operation, { body, credentials: names, expected });
      const message = `answered ${answer.status} with ${names.join(' and ')}`;
      all.push(...found.map((failure) => ({ ...failure, rule: 'security', message })));
    }
    return all;
  },
});

const asSecurity = (failure: Failure, operation: Operation, status: number, what: string): Failure =>
  failure.rule === 'status' || failure.rule === 'server-error'
    ? {
        ...failure,
        rule: 'security',
        message: `answered ${status} to a request ${what}, expected ${unauthorised(operation).label}`,
      }
    : failure;

/** 401 and 403 as the document has them. Without any credential 401 is HTTP's own (RFC 9110, 15.5.2). */
function unauthorised({ responses }: Operation): Expectation {
  const documented = [401, 403].filter((status) => status in responses);
  return oneOf(documented.includes(401) ? documented : [401, 403]);
}
