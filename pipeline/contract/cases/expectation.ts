import type { Operation } from '../document/document.ts';

/** The statuses that a case takes for right. */
export interface Expectation {
  readonly label: string;
  has(status: number): boolean;
}

export function oneOf(statuses: readonly (number | string)[]): Expectation {
  const patterns = statuses.map(String);
  return {
    label: patterns.map((one) => (one === 'default' ? 'a documented refusal' : one)).join(' or '),
    has: (status) => patterns.some((one) => covers(one, status)),
  };
}

/** `default` stands for whatever is no success here: cases that expect a success name its statuses. */
function covers(pattern: string, status: number): boolean {
  if (pattern === 'default') return status >= 400 && status < 500;
  if (/^[1-5]XX$/.test(pattern)) return Math.floor(status / 100) === Number(pattern[0]);
  return Number(pattern) === status;
}

export const either = (...all: readonly (Expectation | undefined)[]): Expectation => {
  const given = all.filter((one) => one !== undefined && one.label !== '') as Expectation[];
  return {
    label: [...new Set(given.map(({ label }) => label))].join(' or '),
    has: (status) => given.some((one) => one.has(status)),
  };
};

/** The documented statuses of success; anything below 400 where the document has `default` alone. */
export function successes({ responses }: Operation): Expectation {
  const statuses = Object.keys(responses);
  for (const kind of ['2', '3']) {
    const found = statuses.filter((status) => status.startsWith(kind));
    if (found.length > 0) return oneOf(found);
  }
  if ('default' in responses) return { label: 'a success', has: (status) => status < 400 };
  const interim = statuses.filter((status) => status.startsWith('1'));
  // A document that names no success does not say that there is none.
  return interim.length > 0 ? oneOf(interim) : { label: 'any answer', has: (status) => status < 500 };
}

/** The documented statuses of a request that breaks the schema; undefined where the document says nothing of it. */
export function refusals({ responses }: Operation, more: readonly number[] = []): Expectation | undefined {
  const candidates = [400, 422, ...more];
  const found = candidates.filter((status) => status in responses);
  if ('4XX' in responses) return oneOf([...found, '4XX']);
  if (found.length > 0) return oneOf(found);
  return 'default' in responses ? oneOf(['default']) : undefined;
}

/**
 * The statuses of a request of which nothing can be read as the document has it: those of `refusals`, and 400 and 415,
 * which are HTTP's own (RFC 9110, 15.5.1 and 15.5.16).
 */
export function unreadable(operation: Operation, strict: boolean): Expectation | undefined {
  const statuses = refusals(operation, [415]);
  if (statuses === undefined) return undefined;
  const isDocumented = 'default' in operation.responses;
  return isDocumented || !strict ? either(statuses, oneOf([400, 415])) : statuses;
}

/** Every refusal that the document gives the operation. */
export function anyRefusal({ responses }: Operation, but: readonly number[] = []): Expectation {
  const found = Object.keys(responses).filter(
    (status) => status === 'default' || (status.startsWith('4') && !but.includes(Number(status))),
  );
  const { label, has } = oneOf(found);
  return { label, has: (status) => !but.includes(status) && has(status) };
}

export const anyClientError: Expectation = { label: 'a refusal', has: (status) => status >= 400 && status < 500 };
