import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that is removed, with all it holds, after the test and what it started have ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backend-auth-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
