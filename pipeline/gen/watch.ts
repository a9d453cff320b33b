import { existsSync, readdirSync } from 'node:fs';
import { watch as watchFolder } from 'node:fs/promises';
import { join } from 'node:path';

/** Editors write a file in several steps, and several files at once. */
const settled = 50;

/** Runs once, and again after each change in one of the folders, until the process is stopped. */
export async function watch(
  folders: readonly string[],
  run: () => Promise<number>,
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  const once = async (): Promise<void> => {
    do {
      again = false;
      try {
        await run();
      } catch (error) {
        say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    } while (again);
    running = undefined;
  };
  const start = (): void => {
    again = true;
    running ??= once();
  };
  // The watch stands before the first run, so that no change is missed.
  const places = folders.flatMap(placesIn);
  const watches = places.map(({ folder, recursive }) => watchFolder(folder, { recursive, ...(signal && { signal }) }));
  start();
  say(`Watching ${folders.join(', ')}; Ctrl-C stops.`);
  const restart = async (changes: AsyncIterable<unknown>): Promise<void> => {
    for await (const _change of changes) {
      clearTimeout(timer);
      timer = setTimeout(start, settled);
    }
  };
  try {
    await Promise.all(watches.map(restart));
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
  clearTimeout(timer);
  await running;
  return 0;
}

/** Folders of a project in which no document lies. Watching them would take time, and gen would wake itself. */
const NO_SOURCES = /^(\..*|node_modules|generated|client|server|dist|test)$/;

/** A document may lie in the project's own folder, which holds much else. */
function placesIn(folder: string): { readonly folder: string; readonly recursive: boolean }[] {
  if (!existsSync(join(folder, 'package.json'))) return [{ folder, recursive: true }];
  const nested = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_SOURCES.test(entry.name))
    .map(({ name }) => ({ folder: join(folder, name), recursive: true }));
  return [{ folder, recursive: false }, ...nested];
}
