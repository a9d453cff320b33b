import { fullConfig, passwordUpdate } from '../configs.ts';
import type { Rule } from '../rule.ts';

export const cloneRules: readonly Rule[] = [
  {
    name: 'clone-apart',
    operations: ['CloneBackend', 'GetBackendAuth', 'UpdateBackendAuth'],
    says: 'a clone has its own copy: neither it nor its source sees a change of the other',
    holds: async (trial) => {
      const { calls } = trial;
      const source = await trial.auth(fullConfig);
      const copy = { appId: source.appId, environment: 'thecopy' };
      const path = `/backend/${source.appId}/environments/${source.environment}/clone`;
      await calls.done(await calls.post(path, { targetEnvironmentName: copy.environment }), source);
      const { config: cloned, answer } = await trial.config(copy);
      trial.same(answer, cloned, (await trial.config(source)).config, 'the clone');
      const change = (length: number) => ({ ...passwordUpdate(length), authResources: fullConfig.authResources });
      await trial.update(source, change(31));
      const after = await trial.config(copy);
      trial.same(after.answer, after.config, cloned, 'the clone, after a change of its source');
      const { config: changed } = await trial.config(source);
      await trial.update(copy, change(33));
      const last = await trial.config(source);
      trial.same(last.answer, last.config, changed, 'the source, after a change of its clone');
    },
  },
];
