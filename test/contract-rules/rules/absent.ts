import type { Answer } from '../../../pipeline/contract/wire/messages.ts';
import { authPath } from '../calls.ts';
import { passwordUpdate, plainConfig } from '../configs.ts';
import type { Rule } from '../rule.ts';

export const absentRules: readonly Rule[] = [
  {
    name: 'absent',
    operations: [
      'GetBackend',
      'CloneBackend',
      'CreateBackendAuth',
      'GetBackendAuth',
      'UpdateBackendAuth',
      'DeleteBackendAuth',
      'ImportBackendAuth',
    ],
    says: 'what a body names and is not there is a 404 too',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const nowhere = { ...place, environment: 'nowhere' };
      const imported = { nativeClientId: 'a', userPoolId: 'us-east-1_abcdef123', webClientId: 'b' };
      const answers: [string, Answer][] = [
        ['GetBackend', await calls.post(`/backend/${place.appId}/details`, { backendEnvironmentName: 'nowhere' })],
        ['CreateBackendAuth', await calls.createAuth(nowhere, plainConfig)],
        ['GetBackendAuth', await calls.getAuth(place, 'another')],
        [
          'UpdateBackendAuth',
          await calls.post(authPath(place), { resourceName: 'another', resourceConfig: passwordUpdate(9) }),
        ],
        ['DeleteBackendAuth', await calls.post(`${authPath(place)}/remove`, { resourceName: 'another' })],
        ['ImportBackendAuth', await calls.post(`${authPath(nowhere)}/import`, imported)],
        [
          'CloneBackend',
          await calls.post(`/backend/${place.appId}/environments/nowhere/clone`, { targetEnvironmentName: 'copy' }),
        ],
      ];
      for (const [operation, answer] of answers) {
        trial.expect(answer, answer.status === 404, `${operation} answered ${answer.status}, expected 404`);
      }
    },
  },
];
