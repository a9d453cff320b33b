import { incomplete, invalid } from './refusal.ts';

const WINDOW = 5 * 60 * 1000; // ms

/** `20150830T123600Z` of a time in ms. */
export const basicDate = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** The time of a request as it is signed, from its header X-Amz-Date or else Date. Throws if there is none. */
export function signingDate(amzDate: string | undefined, httpDate: string | undefined): string {
  const date = amzDate ?? httpDate;
  if (date === undefined) {
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const time = amzDate === undefined ? (parseHttp(date) ?? parseBasic(date)) : parseBasic(date);
  if (time !== undefined) return basicDate(time);
  throw incomplete('Date must be in ISO-8601 basic format, such as 20150830T123600Z.');
}

/** Throws unless `date`, in the basic format, is at most five minutes off `now` (ms). The sentences are AWS's. */
export function checkDate(date: string, now: number): void {
  const off = (parseBasic(date) ?? 0) - now;
  if (off < -WINDOW) {
    throw invalid(
      `Signature expired: ${date} is now earlier than ${basicDate(now - WINDOW)} (${basicDate(now)} - 5 min.)`,
    );
  }
  if (off > WINDOW) {
    throw invalid(
      `Signature not yet current: ${date} is still later than ${basicDate(now + WINDOW)} (${basicDate(now)} + 5 min.)`,
    );
  }
}

function parseBasic(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  // February 30th would become March 2nd, and the year 99 1999.
  return basicDate(time) === text ? time : undefined;
}

/** The form that RFC 9110 demands (5.6.7), such as `Sun, 30 Aug 2015 12:36:00 GMT`. */
function parseHttp(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) || new Date(time).toUTCString() !== text ? undefined : time;
}
