import { useId, useMemo } from 'react';
import type { operations } from '../../generated/admin/schema.ts';
import { adminClientFor } from './calls.ts';
import { DifferenceTable } from './Difference.tsx';
import type { Row } from './difference.ts';
import { useSession } from './session.tsx';
import { useReading } from './useReading.ts';
import { useSettled } from './useSettled.ts';

type Plan = operations['PlanUpdate'];
type Input = Plan['requestBody']['content']['application/json'];
type Change = Plan['responses'][200]['content']['application/json']['changes'][number];

/** The changes that the update would make in Amazon Cognito, read live; nothing where the server can't tell. */
export function OutsidePreview({ input }: { readonly input: Readonly<Record<string, unknown>> }) {
  const { value: links } = useReading(['links'], readLinks);
  return links !== undefined && 'updatePreview' in links ? <Preview input={input} /> : null;
}

async function readLinks(signal: AbortSignal): Promise<object> {
  const answer = await fetch('/', { headers: { Accept: 'application/json' }, signal });
  return (await answer.json()) as object;
}

function Preview({ input }: { readonly input: Readonly<Record<string, unknown>> }) {
  const { signer } = useSession();
  const title = useId();
  const client = useMemo(() => adminClientFor(signer), [signer]);
  const text = useSettled(JSON.stringify(input));
  const { value, refusal, isBusy } = useReading(['preview', text], (signal) =>
    client.planUpdate(JSON.parse(text) as Input, { signal }),
  );
  const rows = value?.changes.map(rowOf) ?? [];
  return (
    <section className="card" aria-labelledby={title} aria-busy={isBusy}>
      <h2 id={title}>In Amazon Cognito</h2>
      <p role="status" className="strong">
        {refusal ? 'No preview.' : value === undefined ? 'Reading…' : countOf(rows.length)}
      </p>
      {refusal && <p className="lines">{refusal.message}</p>}
      {rows.length > 0 && <DifferenceTable rows={rows} labelledBy={title} before="Now" />}
    </section>
  );
}

function countOf(changes: number): string {
  if (changes === 0) return 'Nothing would change.';
  return changes === 1 ? '1 change would be made.' : `${changes} changes would be made.`;
}

function rowOf({ resource, member, from, to }: Change): Row {
  const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  return { within: resource, name: member || 'all of it', before: from, after: to, change };
}
