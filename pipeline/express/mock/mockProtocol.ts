import { essence } from '../../document/mediaTypes.ts';
import { responseFor } from '../../document/operations.ts';
import type { Document } from '../../document/types.ts';
import { problemProtocol } from '../protocol/problem.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { Checks } from '../validate/checks.ts';
import { Examples, ownExamples } from './example.ts';

/** How a mock refuses: by the document's own example where its form of a refusal can't be filled. */
export function mockProtocol(document: Document): Protocol {
  const checks = new Checks(document, () => {});
  const examples = new Examples(document, checks, 'response');
  const plain = problemProtocol(document, checks, () => {});
  return {
    refuse(refusal, operation, atPath) {
      const answer = plain.refuse(refusal, operation, atPath);
      const response = operation && responseFor(operation.responses, answer?.status ?? refusal.status);
      const content = response?.contents.find(({ kind, name }) => kind === 'json' && !name.includes('*'));
      if (answer === undefined || content === undefined) return answer;
      if (response?.contents.some(({ type }) => type === essence(answer.type))) return answer;
      const { value, violations } = examples.of(content.schema ?? {}, ownExamples(document, { ...content.object }));
      return violations.length > 0 ? answer : { ...answer, type: content.name, body: value };
    },
  };
}
