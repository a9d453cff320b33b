import { isObject } from '../../../pipeline/contract/document/json.ts';
import { passwordUpdate } from '../configs.ts';
import type { Rule } from '../rule.ts';

export const listRules: readonly Rule[] = [
  {
    name: 'list-filters',
    operations: ['ListBackendJobs'],
    says: 'a list holds the jobs that fit all that is asked, the newest first',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      for (const length of [9, 10]) await trial.update(place, passwordUpdate(length));
      const filters = [
        { operation: 'UpdateBackendAuth' },
        { status: 'COMPLETED' },
        { operation: 'CreateBackendAuth', status: 'COMPLETED' },
      ];
      for (const filter of [{}, ...filters]) {
        const answer = await calls.listJobs(place, filter);
        const jobs = isObject(answer.json) && Array.isArray(answer.json.jobs) ? answer.json.jobs.filter(isObject) : [];
        trial.expect(answer, jobs.length > 0, 'lists nothing', '/jobs');
        for (const [index, job] of jobs.entries()) {
          for (const [name, value] of Object.entries(filter)) {
            trial.expect(
              answer,
              job[name] === value,
              `lists a job whose ${name} is ${job[name]}, asked was ${value}`,
              `/jobs/${index}`,
            );
          }
          const newer = Number(jobs[index - 1]?.createTime ?? Number.POSITIVE_INFINITY);
          trial.expect(
            answer,
            Number(job.createTime) <= newer,
            'lists a newer job after an older one',
            `/jobs/${index}`,
          );
        }
      }
      const none = await calls.listJobs(place, { status: 'FAILED' });
      trial.same(none, isObject(none.json) && none.json.jobs, [], 'the list of failed jobs');
    },
  },
];
