import type { OperationId } from '../../generated/operations.ts';
import type { Flags } from './flags.ts';

/** The flags of every operation. */
export const CALL = {
  json: {
    value: 'JSON',
    text: 'the input, with the names of the document: JSON, @FILE, or - for standard input',
    default: '{}',
  },
  strict: { text: 'send nothing where the input has a member that the document does not declare' },
  output: { value: 'FORM', default: 'json', text: 'json or table' },
  wait: { text: 'wait for the job that the operation starts, and show the job' },
  timeout: { value: 'MS', default: '1800000', text: 'how long to wait for the job' },
} as const satisfies Flags;
export const YES = { yes: { text: 'do not ask for the name of what is deleted' } } as const satisfies Flags;
export const PREVIEW = {
  preview: { text: 'show what the update would change in Amazon Cognito, read live; the server must run with --admin' },
} as const satisfies Flags;

export const hasPreview = (id: OperationId): boolean => id === 'UpdateBackendAuth';
