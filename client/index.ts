export * from './api.ts';
export {
  type Job,
  JobFailedError,
  type JobInput,
  type WaitOptions,
  waitForJob,
} from './waitForJob.ts';
