import { isObject } from '../../../pipeline/contract/document/json.ts';
import type { Answer } from '../../../pipeline/contract/wire/messages.ts';
import { authPath } from '../calls.ts';
import { fullConfig, passwordUpdate } from '../configs.ts';
import type { Rule, Trial } from '../rule.ts';

const ORIGIN = 'https://page.example';

export const answerRules: readonly Rule[] = [
  {
    name: 'error-name',
    operations: ['UpdateBackendAuth', 'GetBackendAuth', 'ListBackendJobs'],
    says: 'an error is named alike in its header and its body, and says what is wrong where',
    holds: async (trial) => {
      const place = await trial.auth();
      const wrong = await trial.calls.post(authPath(place), {
        resourceName: 7,
        resourceConfig: { service: 'COGNITO' },
      });
      named(trial, wrong);
      for (const at of [
        '/body/resourceName',
        '/body/resourceConfig/authResources',
        '/body/resourceConfig/userPoolConfigs',
      ]) {
        const message = isObject(wrong.json) ? String(wrong.json.message) : '';
        trial.expect(wrong, message.includes(at), `does not say that ${at} is wrong`, '/message');
      }
      const missing = await trial.calls.getAuth({ ...place, environment: 'nowhere' });
      named(trial, missing);
      const kind = isObject(missing.json) ? missing.json.resourceType : undefined;
      trial.same(missing, kind, 'BackendEnvironment', 'resourceType');
      named(trial, await trial.calls.listJobs({ ...place, appId: 'nowhere' }));
    },
  },
  {
    name: 'request-id',
    operations: ['GetBackendAuth'],
    says: 'each answer has a request id of its own',
    holds: async (trial) => {
      const place = await trial.auth();
      const answers = [];
      for (let index = 0; index < 3; index++) answers.push(await trial.calls.getAuth(place));
      const ids = new Set(answers.map(({ headers }) => headers['x-amzn-requestid']));
      const [first] = answers;
      if (first !== undefined) trial.expect(first, ids.size === 3, 'several requests got one id', 'x-amzn-RequestId');
    },
  },
  {
    name: 'read-by-pages',
    operations: ['GetBackendAuth', 'UpdateBackendAuth'],
    says: 'a page of any origin may read an answer, and the headers that tell about it',
    holds: async (trial) => {
      const place = await trial.auth();
      for (const body of [{ resourceName: 'shopauth' }, {}]) {
        const answer = await trial.calls.post(`${authPath(place)}/details`, body, { origin: ORIGIN });
        const allowed = String(answer.headers['access-control-allow-origin']);
        trial.expect(
          answer,
          [ORIGIN, '*'].includes(allowed),
          `its origin is ${allowed}`,
          'Access-Control-Allow-Origin',
        );
        const exposed = String(answer.headers['access-control-expose-headers']).toLowerCase();
        for (const name of ['x-amzn-requestid', 'x-amzn-errortype']) {
          trial.expect(answer, exposed.includes(name), `${name} is not exposed`, 'Access-Control-Expose-Headers');
        }
      }
    },
  },
  {
    name: 'secrets',
    operations: ['GetBackendAuth', 'GetBackend', 'UpdateBackendAuth'],
    says: 'a secret that was sent is never answered',
    holds: async (trial) => {
      const place = await trial.auth(fullConfig);
      await trial.update(place, { ...passwordUpdate(14), authResources: fullConfig.authResources });
      const answers = [
        await trial.calls.getAuth(place),
        await trial.calls.listJobs(place),
        await trial.calls.post(`/backend/${place.appId}/details`, { backendEnvironmentName: place.environment }),
      ];
      for (const answer of answers) trial.expect(answer, !answer.text.includes('google-secret'), 'answers a secret');
    },
  },
  {
    name: 'refused-changes-nothing',
    operations: ['UpdateBackendAuth'],
    says: 'a refused update changes nothing',
    holds: async (trial) => {
      const place = await trial.auth(fullConfig);
      const before = await trial.config(place);
      const bad = { ...passwordUpdate(40), service: 'OTHER' };
      await trial.calls.updateAuth(place, bad);
      const after = await trial.config(place);
      trial.same(after.answer, after.config, before.config, 'after a refused update');
    },
  },
  {
    name: 'gone',
    operations: ['DeleteBackendAuth', 'DeleteBackend'],
    says: 'what was deleted is gone, and its jobs can still be read',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const job = await calls.done(await calls.post(`${authPath(place)}/remove`, { resourceName: 'shopauth' }), place);
      const auth = await calls.getAuth(place);
      trial.expect(auth, auth.status === 404, `the deleted resource is answered with ${auth.status}, expected 404`);
      const path = `/backend/${place.appId}/environments/${place.environment}/remove`;
      await calls.done(await calls.post(path), place);
      const again = await calls.post(path);
      trial.expect(
        again,
        again.status === 404,
        `the deleted environment is answered with ${again.status}, expected 404`,
      );
      const read = await calls.getJob(job);
      trial.expect(
        read,
        read.status === 200,
        `a job of a deleted environment is answered with ${read.status}, expected 200`,
      );
    },
  },
];

function named(trial: Trial, answer: Answer): void {
  const name = isObject(answer.json) ? answer.json.__type : undefined;
  const header = answer.headers['x-amzn-errortype'];
  trial.expect(answer, name === header, `the body is named ${name}, the header ${header}`, '/__type');
}
