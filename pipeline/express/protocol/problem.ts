import type { MediaType } from '../../document/mediaTypes.ts';
import { type Operation, type ResponseOf, responseFor } from '../../document/operations.ts';
import type { Document } from '../../document/types.ts';
import type { Checks } from '../validate/checks.ts';
import { bodiesFor, problem } from './fill.ts';
import type { Protocol, Refusal, RefusalAnswer } from './protocol.ts';

/**
 * The default protocol: a refusal has the form that its operation documents for the status, filled as far as the
 * document has a place for what there is to say, and is `application/problem+json` (RFC 9457) elsewhere.
 */
export function problemProtocol(
  document: Document,
  checks: Checks,
  report: (sentence: string) => void,
): Required<Pick<Protocol, 'refuse'>> {
  return {
    refuse(refusal, operation, atPath) {
      const status = operation === undefined ? refusal.status : statusFor(operation, refusal);
      const settled = { ...refusal, status };
      for (const one of operation === undefined ? atPath : [operation]) {
        const response = responseFor(one.responses, status);
        if (response === undefined || status < 400) continue;
        const found = documented(document, checks, one, response, settled);
        if (found !== undefined) return found;
        if (response.contents.length > 0) {
          report(
            `The answer ${status} of ${one.method} ${one.path} can't be filled in the documented form; it is sent as application/problem+json.`,
          );
        }
      }
      return {
        status,
        type: 'application/problem+json',
        body: { ...problem(settled), ...refusal.members },
        headers: refusal.headers,
      };
    },
  };
}

/** Many documents describe what breaks them as a 422, and no 400. */
function statusFor({ responses }: Operation, { status, violations }: Refusal): number {
  const has = (wanted: string) => responses.some((one) => one.status === wanted);
  return status === 400 && violations.length > 0 && !has('400') && has('422') ? 422 : status;
}

function documented(
  document: Document,
  checks: Checks,
  operation: Operation,
  response: ResponseOf,
  refusal: Refusal,
): RefusalAnswer | undefined {
  const { status, headers } = refusal;
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const content of byLikelihood(response.contents)) {
    if (content.type.includes('*')) continue;
    if (content.kind === 'text') return { status, type: content.name, body: refusal.message, headers };
    if (content.kind !== 'json') continue;
    for (const body of content.schema === undefined
      ? [problem(refusal)]
      : bodiesFor(document, content.schema, refusal)) {
      const broken = checks.response(operation, response, content, { headers: lower, body }, 0);
      if (broken.every(({ path }) => path.startsWith('/response/headers')))
        return { status, type: content.name, body, headers };
    }
  }
  return undefined;
}

const byLikelihood = (contents: readonly MediaType[]): MediaType[] =>
  [...contents].sort((a, b) => Number(b.kind === 'json') - Number(a.kind === 'json'));
