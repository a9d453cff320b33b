import type { Operation } from '../document/document.ts';
import { InferredState } from '../state/inferred.ts';
import { type Instance, read, unwrapped } from '../state/instances.ts';
import type { Answer } from '../wire/messages.ts';
import { bulk, bulkMember } from './bulk.ts';
import type { Context, Failure, Following } from './case.ts';
import { changed } from './changed.ts';
import { withoutDefault } from './defaults.ts';
import { eventually } from './eventually.ts';
import { answerSchema, compared, movedCreation } from './readBack.ts';
import { removed } from './removed.ts';

const NOTHING: Following = { before: async () => {}, after: async () => [] };

/** Sees whether an accepted request had the effect that its method and its body ask for. */
export function follow(context: Context, operation: Operation): Following {
  const { state } = context;
  if (context.follow !== undefined) return context.follow(context, operation);
  if (!(state instanceof InferredState) || operation.body?.type.includes('json-patch')) return NOTHING;
  let earlier: Answer | undefined;
  const changes = ({ resource }: Instance) => resource.changers.includes(operation);
  const removes = ({ resource }: Instance) => resource.remover === operation;
  return {
    before: async ({ instance }) => {
      if (instance !== undefined && (changes(instance) || removes(instance))) earlier = await read(context, instance);
    },
    after: async (prepared, answer) => {
      const { instance } = prepared;
      const newest = state.newest;
      if (newest?.resource.creator === operation && newest.answer === answer)
        return created(context, operation, newest);
      if (bulkMember(context.document, operation) !== undefined)
        return bulk(context, state.resources, operation, prepared, answer);
      if (instance === undefined || !instance.certain) return [];
      if (changes(instance)) return changed(context, operation, prepared, answer, earlier);
      return removes(instance) ? removed(context, instance, answer, earlier) : [];
    },
  };
}

async function created(context: Context, operation: Operation, instance: Instance): Promise<Failure[]> {
  const { sent, answer } = instance;
  return [
    ...compared(context, answerSchema(operation), sent, answer, 'what was sent'),
    ...withoutDefault(context, operation, sent, answer),
    ...(await eventually(context, `${operation.id} created`, () => readsAsCreated(context, instance))),
  ];
}

async function readsAsCreated(context: Context, instance: Instance): Promise<Failure[]> {
  const { sent, answer, resource } = instance;
  const { reader } = resource;
  const got = await read(context, instance);
  if (got === undefined) return [];
  if ([404, 410].includes(got.status)) {
    if (!instance.certain || answer.status === 202) return [];
    const message = `what it created can't be read: ${reader?.id} answered ${got.status}`;
    return [{ rule: 'read-back', place: '', message, curl: got.curl }];
  }
  if (got.status !== 200) return [];
  const [first, second] = [answer.json, got.json].map((json) => unwrapped(json, sent));
  return [
    ...compared(context, answerSchema(reader), sent, got, `after it, ${reader?.id} answers`),
    ...movedCreation(first, second, got, `${reader?.id} answers another time than the creation did`),
  ];
}
