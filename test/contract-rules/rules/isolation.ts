import { isObject } from '../../../pipeline/contract/document/json.ts';
import { RESOURCE } from '../calls.ts';
import { fullConfig, passwordUpdate, plainConfig } from '../configs.ts';
import type { Rule } from '../rule.ts';

export const isolationRules: readonly Rule[] = [
  {
    name: 'isolation',
    operations: ['UpdateBackendAuth', 'GetBackendAuth'],
    says: 'neither the other environments of an app nor those of other apps see an update',
    holds: async (trial) => {
      const place = await trial.auth(fullConfig);
      const others = [await trial.auth(plainConfig, place.appId), await trial.auth(plainConfig)];
      const before = await Promise.all(others.map((other) => trial.config(other)));
      const { config: mine } = await trial.config(place);
      await trial.update(place, { ...passwordUpdate(30), authResources: fullConfig.authResources });
      for (const [index, other] of others.entries()) {
        const { config, answer } = await trial.config(other);
        const what = `after an update of ${index === 0 ? 'another environment' : 'another app'}`;
        trial.same(answer, config, before[index]?.config, what);
      }
      const { config, answer } = await trial.config(place);
      trial.expect(
        answer,
        JSON.stringify(config) !== JSON.stringify(mine),
        'an update of this environment changed nothing',
      );
    },
  },
  {
    name: 'own-jobs',
    operations: ['ListBackendJobs', 'GetBackendJob'],
    says: "an environment's jobs are its own: others neither list nor read them",
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const other = await trial.environment(place.appId);
      const job = await calls.done(await calls.updateAuth(place, passwordUpdate(9)), place);
      const listed = await calls.listJobs(other);
      const jobs = isObject(listed.json) && Array.isArray(listed.json.jobs) ? listed.json.jobs : [];
      for (const [index, one] of jobs.entries()) {
        const [at, named] = [`/jobs/${index}`, isObject(one) ? one : {}];
        trial.expect(listed, named.jobId !== job.jobId, 'lists a job of another environment', at);
        const own = named.appId === other.appId && named.backendEnvironmentName === other.environment;
        trial.expect(listed, own, 'lists a job that names another environment', at);
      }
      const mine = await calls.listJobs(place);
      const ids =
        isObject(mine.json) && Array.isArray(mine.json.jobs)
          ? mine.json.jobs.map((one) => isObject(one) && one.jobId)
          : [];
      trial.expect(mine, ids.includes(job.jobId), `does not list the job ${job.jobId}`, '/jobs');
      const read = await calls.getJob({ ...other, jobId: job.jobId });
      trial.expect(read, read.status === 404, `answered ${read.status} to a job of another environment, expected 404`);
    },
  },
  {
    name: 'own-resource',
    operations: ['GetBackendAuth', 'UpdateBackendAuth', 'DeleteBackendAuth'],
    says: 'a resource that the environment does not have is a 404',
    holds: async (trial) => {
      const place = await trial.auth();
      const wrong = await trial.calls.getAuth(place, `${RESOURCE}2`);
      trial.expect(wrong, wrong.status === 404, `answered ${wrong.status} to another name, expected 404`);
      const empty = await trial.environment(place.appId);
      const answer = await trial.calls.updateAuth(empty, passwordUpdate(9));
      trial.expect(answer, answer.status === 404, `answered ${answer.status} without a resource, expected 404`);
    },
  },
];
