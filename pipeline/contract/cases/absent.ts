import type { Document, Operation } from '../document/document.ts';
import { NotRun } from '../notRun.ts';
import { canBeSent } from '../state/instances.ts';
import { absentValue } from '../state/values.ts';
import { settledBase } from './accepted.ts';
import type { Bases } from './bases.ts';
import type { Case } from './case.ts';
import { exchange } from './exchange.ts';
import { either, oneOf } from './expectation.ts';

/** 404 for what does not exist, tried with each parameter of the path. */
export function absentCases(document: Document, bases: Bases, operation: Operation): Case[] {
  const { responses, method, body } = operation;
  if (!('404' in responses) || method === 'OPTIONS') return [];
  const [base] = bases.bodiesOf(operation);
  if (body?.required && base === undefined) return [];
  const ofPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const last = /\{([^}]+)\}$/.exec(operation.path)?.[1];
  return ofPath.flatMap((parameter): Case[] => {
    // PUT may create what is not there.
    if (method === 'PUT' && parameter.name === last && '201' in responses) return [];
    if (absentValue(document, parameter) === undefined) return [];
    return [
      {
        operation: operation.id,
        title: `answers 404 where ${parameter.name} names nothing`,
        run: async (context) => {
          if (!canBeSent(context, operation)) throw new NotRun('there is no credential for it');
          if (context.lenient) await settledBase(context, operation);
          const outcome = context.bases.outcomes.get(operation);
          const absent = '410' in responses ? oneOf([404, 410]) : oneOf([404]);
          return exchange(context, operation, {
            body: base?.value,
            // A body that is refused may be refused before anything is looked for.
            expected: () =>
              context.lenient && body !== undefined && outcome?.accepted === false
                ? either(absent, oneOf([outcome.status]))
                : absent,
            parameters: (given) => ({ ...given, [parameter.name]: absentValue(document, parameter) }),
          });
        },
      },
    ];
  });
}
