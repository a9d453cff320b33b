import { describe, expect, it, onTestFinished } from 'vitest';
import { runContract } from '../../../pipeline/contract/run.ts';
import { listening, SHELF, shelf, TOKEN } from '../../helpers/shelf.ts';
import { faults, told, tried } from '../../helpers/shelfTried.ts';

describe('the contract suite, on a server that it knows nothing of', () => {
  it.each([1, 2, 3])('finds nothing in a correct one, with seed %i', async (seed) => {
    const report = await tried('none', { seed });
    expect(told(report)).toEqual([]);
    expect(report.notRun).toEqual([]);
    expect(report.coverage.accepted.missing).toEqual([]);
    expect(report.coverage.enumValues.missing).toEqual([]);
    expect(report.coverage.parameters.missing).toEqual(['listBooks query cursor']);
  });

  // The proofs try them all.
  const some = faults.filter(([, , rule]) => ['status', 'read-back', 'conflict'].includes(rule));
  it.concurrent.each(some)('catches one that %s', async (fault, operation, rule) => {
    const report = await tried(fault, { bail: true });
    const [first] = report.violations;
    expect(first && `${first.operation} ${first.rule}`, told(report).slice(0, 3).join('\n')).toBe(
      `${operation} ${rule}`,
    );
  });

  it('catches one that never ends an answer, and ends itself', async () => {
    const report = await tried('never ends an answer', { timeout: 200, only: ['getBook'] });
    expect(report.violations[0]).toMatchObject({ operation: 'getBook', rule: 'answer' });
  });

  it('takes a refusal for right where it was given no credentials, also without state', async () => {
    const report = await tried('none', { auth: {}, stateless: true });
    expect(told(report)).toEqual([]);
  });

  it('removes what it made', async () => {
    const app = await shelf();
    const server = await listening(app);
    onTestFinished(() => server.close());
    const options = { url: server.url, spec: SHELF, auth: { token: TOKEN }, runs: 2 };
    await runContract(options);
    const list = await fetch(`${server.url}/books`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await list.json()).toMatchObject({ total: 0 });
  });

  it('sends nothing that changes anything with readOnly, and says so', async () => {
    const report = await tried('none', { readOnly: true });
    expect(told(report)).toEqual([]);
    expect(report.notRun.map(({ operation }) => operation).sort()).toEqual([
      'addReview',
      'createBook',
      'deleteBook',
      'putBook',
    ]);
  });

  it('never sends what is excluded, not even to prepare a case', async () => {
    const report = await tried('none', { exclude: ['createBook', 'DELETE'] });
    expect(report.rows.map(({ operation }) => operation)).not.toContain('createBook');
    expect(report.notRun).toEqual([
      { operation: 'createBook', reason: 'it is excluded' },
      { operation: 'deleteBook', reason: 'it is excluded' },
    ]);
  });

  it('stops when its time is up, with a whole report', async () => {
    const report = await tried('none', { maxTime: 1 });
    expect(report.stopped).toBe('its time was up (--max-time)');
    expect(report.notRun.length).toBe(7);
  });

  it('runs one case again by its key', async () => {
    const all = await tried('takes any form');
    const key = /--replay (\w+)/.exec(all.violations[0]?.replay ?? '')?.[1] ?? '';
    const one = await tried('takes any form', { replay: key });
    expect(one.results.map(({ title }) => title)).toEqual([all.violations[0]?.title]);
    expect(one.violations[0]?.message).toBe(all.violations[0]?.message);
  });

  it('groups by cause', async () => {
    const report = await tried('answers 400 for what is not there');
    expect(new Set(report.violations.map(({ cause }) => cause)).size).toBeLessThan(report.violations.length + 1);
  });
});
