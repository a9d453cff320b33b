import { badRequest } from '../../exceptions.ts';
import { checkOperation, documentedErrors } from '../checkOperation.ts';
import type { Input, Output, Services } from './handler.ts';

/** Has the next calls of an operation fail or wait. */
export async function AddFault(fault: Input<'AddFault'>, { faults, api }: Services): Promise<Output<'AddFault'>> {
  const { operation, status, latencyMs } = fault;
  const documented = documentedErrors(checkOperation(operation, api));
  if (status === undefined && latencyMs === undefined) throw badRequest('/body needs a status, a latencyMs, or both.');
  if (status !== undefined && !documented.includes(status)) {
    throw badRequest(`/body/status must be one of the errors of ${operation}: ${documented.join(', ')}.`);
  }
  faults.add(fault);
  return { faults: faults.list() };
}
