import { watch as watchFolder } from 'node:fs/promises';

/** Editors write a file in several steps, and several files at once. */
const settled = 50;

/** Runs once, and again after each change in a folder, until the process is told to stop. */
export async function watch(
  folder: string,
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
  const changes = watchFolder(folder, { recursive: true, ...(signal && { signal }) });
  start();
  say(`Watching ${folder}; Ctrl-C stops.`);
  try {
    for await (const _change of changes) {
      clearTimeout(timer);
      timer = setTimeout(start, settled);
    }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
  clearTimeout(timer);
  await running;
  return 0;
}
