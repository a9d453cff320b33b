import type { Report } from '../../pipeline/contract/report/report.ts';
import { runContract } from '../../pipeline/contract/run.ts';
import type { ContractOptions } from '../../pipeline/contract/suite.ts';
import { type ApiOptions, amplifyBackend } from './api.ts';

const SPEC = new URL('../../generated/openapi.json', import.meta.url);

export type OurOptions = Omit<ContractOptions, 'spec' | 'api' | 'strict'> & ApiOptions;

/** The options of a run with this API's document and rules. */
export const ours = ({ jobTimeout, workflows, ...options }: OurOptions): ContractOptions => ({
  spec: SPEC,
  api: amplifyBackend({
    ...(jobTimeout !== undefined && { jobTimeout }),
    ...(workflows !== undefined && { workflows }),
  }),
  strict: true,
  ...options,
});

export const runOurContract = (options: OurOptions): Promise<Report> => runContract(ours(options));
