import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../../../pipeline/contract/document/json.ts';
import { fullConfig, passwordUpdate, updateOf } from '../configs.ts';
import type { Rule } from '../rule.ts';

const oAuth = {
  oAuthGrantType: 'CODE',
  oAuthScopes: ['PROFILE', 'EMAIL', 'OPENID'],
  redirectSignInURIs: ['https://Z.example/In?B=1', 'https://a.example/in'],
  redirectSignOutURIs: ['https://Z.example/Out', 'https://a.example/out'],
};

export const recordRules: readonly Rule[] = [
  {
    name: 'times-stay',
    operations: ['GetBackendJob', 'ListBackendJobs', 'UpdateBackendJob'],
    says: 'a job that has ended is the same whenever and wherever it is read',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const started = calls.started(await calls.updateAuth(place, passwordUpdate(9)), place);
      const running = await calls.getJob(started);
      const ended = await calls.ended(started);
      const first = isObject(running.json) ? running.json.createTime : undefined;
      trial.same(running, first, ended.body.createTime, 'createTime while the job runs');
      await sleep(5);
      const again = await calls.getJob(started);
      trial.same(again, again.json, ended.body, 'the job, read again');
      const list = await calls.listJobs(place, { jobId: started.jobId });
      const jobs = isObject(list.json) && Array.isArray(list.json.jobs) ? list.json.jobs : [];
      trial.same(list, jobs, [ended.body], 'the list of this one job');
      const path = `/backend/${place.appId}/job/${place.environment}/${started.jobId}`;
      const told = await calls.post(path, { status: ended.status });
      trial.same(told, told.json, ended.body, 'the job, given the status that it has');
    },
  },
  {
    name: 'answers-whole',
    operations: [
      'UpdateBackendAuth',
      'CreateBackendAuth',
      'CreateBackend',
      'GetBackend',
      'GetBackendAuth',
      'GetBackendJob',
    ],
    says: 'an answer has all of its members, also those that its schema calls optional',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.environment();
      const created = await calls.createAuth(place, fullConfig);
      await calls.done(created, place);
      const updated = await calls.updateAuth(place, { ...passwordUpdate(12), authResources: fullConfig.authResources });
      const job = await calls.done(updated, place);
      const other = { appId: place.appId, environment: 'second' };
      const backend = await calls.createBackend(other);
      await calls.done(backend, other);
      const started = ['appId', 'backendEnvironmentName', 'jobId', 'operation', 'status'];
      const details = await calls.post(`/backend/${place.appId}/details`, {
        backendEnvironmentName: place.environment,
      });
      const wanted = [
        [created, started],
        [updated, started],
        [backend, started],
        [await calls.getJob(job), [...started, 'createTime', 'updateTime']],
        [details, ['appId', 'appName', 'backendEnvironmentName', 'backendEnvironmentList']],
        [await calls.getAuth(place), ['appId', 'backendEnvironmentName', 'resourceConfig', 'resourceName']],
      ] as const;
      for (const [answer, members] of wanted) {
        for (const member of members) {
          const has = isObject(answer.json) && answer.json[member] !== undefined && answer.json[member] !== null;
          trial.expect(answer, has, `${answer.request.path} answered without ${member}`, `/${member}`);
        }
      }
      const list = isObject(details.json) ? details.json.backendEnvironmentList : undefined;
      const names = Array.isArray(list) ? list.toSorted() : list;
      trial.same(details, names, [other.environment, place.environment].sort(), 'the environments of the app');
      const name = isObject(details.json) ? details.json.appName : undefined;
      trial.same(details, name, 'contract', 'the name of the app');
    },
  },
  {
    name: 'order-and-case',
    operations: ['UpdateBackendAuth', 'CreateBackendAuth', 'GetBackendAuth'],
    says: 'lists are read in the order and texts in the case in which they were sent',
    holds: async (trial) => {
      const place = await trial.auth(fullConfig);
      const messages = { emailMessage: 'Ihr Code IST {####}', emailSubject: 'WILLKOMMEN bei Zoë' };
      const verificationMessage = { deliveryMethod: 'EMAIL', emailSettings: messages };
      await trial.update(place, {
        ...updateOf({ oAuth, verificationMessage }),
        authResources: fullConfig.authResources,
      });
      const { config, answer } = await trial.config(place);
      const read = isObject(config) && isObject(config.userPoolConfigs) ? config.userPoolConfigs : {};
      trial.same(answer, read.oAuth, oAuth, 'oAuth');
      trial.same(answer, read.verificationMessage, verificationMessage, 'verificationMessage');
    },
  },
];
