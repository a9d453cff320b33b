import { describe, expect, onTestFinished } from 'vitest';
import { ofEachDocument } from '../helpers/corpus.ts';
import { run } from '../helpers/process.ts';
import { listening } from '../helpers/shelf.ts';

const MAX_TIME = 5; // s
/** Reading a large document and telling what was found take their time, too. */
const HANGS = 12 * MAX_TIME * 1000; // ms

describe('the contract command ends in time, with a report, on a server that answers all alike', () => {
  ofEachDocument(async (_document, _name, file) => {
    const { url, close } = await listening((request, response) => {
      request.resume().once('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(request.method === 'HEAD' ? undefined : '{"ok":true}');
      });
    });
    onTestFinished(close);
    const args = ['--url', url, '--spec', file, '--max-time', String(MAX_TIME), '--seed', '1'];
    const { child, ended, output } = run(process.execPath, ['pipeline/command/bin.js', 'contract', ...args]);
    const timer = setTimeout(() => child.kill('SIGKILL'), HANGS);
    const code = await ended;
    clearTimeout(timer);
    const { stdout, stderr } = output();
    expect([0, 1], stderr).toContain(code);
    expect(stdout).toMatch(/; seed 1; |nothing to test/);
    expect(stderr).toBe('');
  });
});
