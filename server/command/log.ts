import { type Logger, pino } from 'pino';

/**
 * A log on standard error: JSON lines, or readable ones where that is a terminal. The lines of one turn of the event
 * loop are written together, since a write for each takes longer than most of what it tells of.
 */
export async function logger(level: string): Promise<Logger> {
  if (process.stderr.isTTY) {
    const { default: pretty } = await import('pino-pretty');
    const readable = { destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' };
    return pino({ level }, pretty(readable));
  }
  const stream = pino.destination({ fd: 2, sync: true });
  let lines = '';
  const flush = (): void => {
    if (lines !== '') stream.write(lines);
    lines = '';
  };
  process.on('exit', flush);
  const write = (line: string): void => {
    if (lines === '') setImmediate(flush);
    lines += line;
  };
  return pino({ level }, { write });
}
