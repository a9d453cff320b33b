import { isObject } from '../../../pipeline/contract/document/json.ts';
import type { Answer } from '../../../pipeline/contract/wire/messages.ts';
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
        { status: 'COMPLETED', operation: 'UpdateBackendAuth' },
      ];
      for (const filter of [{}, ...filters]) {
        const answer = await calls.listJobs(place, filter);
        const jobs = jobsOf(answer);
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
      // Each of two filters holds where the other one would let jobs pass.
      const pairs = [
        { operation: 'UpdateBackendAuth', status: 'FAILED' },
        { operation: 'DeleteBackendAuth', status: 'COMPLETED' },
        { jobId: '00000000-0000-4000-8000-000000000000', status: 'COMPLETED' },
      ];
      for (const pair of pairs) {
        const empty = await calls.listJobs(place, pair);
        trial.same(empty, jobsOf(empty), [], `the list of ${JSON.stringify(pair)}`);
      }
      const none = await calls.listJobs(place, { status: 'FAILED' });
      trial.same(none, jobsOf(none), [], 'the list of failed jobs');
    },
  },
  {
    name: 'list-pages',
    operations: ['ListBackendJobs'],
    says: 'pages keep to maxResults, repeat nothing and lose nothing, whatever is asked for',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      for (const length of [9, 10, 11]) await trial.update(place, passwordUpdate(length));
      const filters = [{}, { operation: 'UpdateBackendAuth' }, { operation: 'UpdateBackendAuth', status: 'COMPLETED' }];
      for (const filter of filters) {
        const whole = await calls.listJobs(place, filter);
        for (const maxResults of [1, 2]) {
          const items: unknown[] = [];
          const tokens = new Set<string>();
          let token: string | undefined;
          for (let page = 0; page < 12; page++) {
            const answer = await calls.listJobs(place, { ...filter, maxResults, ...(token && { nextToken: token }) });
            trial.expect(answer, answer.status === 200, `a page is answered with ${answer.status}, expected 200`);
            const jobs = jobsOf(answer);
            trial.expect(
              answer,
              jobs.length <= maxResults,
              `${jobs.length} jobs, maxResults was ${maxResults}`,
              '/jobs',
            );
            items.push(...jobs);
            const next = isObject(answer.json) ? answer.json.nextToken : undefined;
            if (typeof next !== 'string') break;
            trial.expect(answer, !tokens.has(next), 'the token is one that an earlier page had', '/nextToken');
            if (tokens.has(next)) break;
            tokens.add(next);
            token = next;
          }
          trial.same(whole, items, jobsOf(whole), `all pages of ${maxResults}`);
        }
      }
      const wrong = await calls.listJobs(place, { nextToken: 'nothing-of-the-kind' });
      trial.expect(wrong, wrong.status === 400, `an unknown token is answered with ${wrong.status}, expected 400`);
    },
  },
];

const jobsOf = ({ json }: Answer): Record<string, unknown>[] =>
  isObject(json) && Array.isArray(json.jobs) ? json.jobs.filter(isObject) : [];
