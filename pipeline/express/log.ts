/** Fields of a log line, such as the operation's id. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The part of a logger that the app uses. A pino logger is one, as are most others. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Writes warnings and errors to standard error, one JSON object a line. */
export const stderrLog: Log = {
  info() {},
  warn: (fields, message) => write('warn', fields, message),
  error: (fields, message) => write('error', fields, message),
};

function write(level: string, fields: LogFields, message: string): void {
  const line = { level, time: new Date().toISOString(), message, ...fields };
  const text = JSON.stringify(line, (_key, value) => (value instanceof Error ? (value.stack ?? value.message) : value));
  process.stderr.write(`${text}\n`);
}

/** A log whose every line carries some fields. */
export const withFields = (log: Log, more: LogFields): Log => ({
  info: (fields, message) => log.info({ ...more, ...fields }, message),
  warn: (fields, message) => log.warn({ ...more, ...fields }, message),
  error: (fields, message) => log.error({ ...more, ...fields }, message),
});
