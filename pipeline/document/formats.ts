/**
 * The formats of texts that are checked. What the validator brings is too light for dates, of which it knows how they are
 * written, not that February has no 30th, and too strict for others: no address of one's own machine is a `url`, and no
 * `duration` ends in a part of a second.
 */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  'date-time': isDateTime,
  time: by(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)$/i),
  duration: by(/^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:[.,]\d+)?S)?)?)$/),
  uri: by(/^[a-z][a-z0-9+\-.]*:(?:\/?\/)?\S*$/i),
  url: by(/^[a-z][a-z0-9+\-.]*:(?:\/?\/)?\S+$/i),
  'uri-reference': by(/^(?:(?:[a-z][a-z0-9+\-.]*:)?\/?\/)?(?:[^\\\s#][^\s#]*)?(?:#[^\\\s]*)?$/i),
  email: by(
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i,
  ),
  hostname: by(/^(?=.{1,253}\.?$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-0-9a-z]{0,61}[0-9a-z])?)*\.?$/i),
  ipv4: by(/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/),
  ipv6: (text) => /^[0-9a-f:.]{2,45}$/i.test(text) && URL.canParse(`http://[${text}]/`),
  uuid: by(/^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i),
  byte: by(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
  'json-pointer': by(/^(?:\/(?:[^~/]|~0|~1)*)*$/),
  regex: isExpression,
};

function by(expression: RegExp): (text: string) => boolean {
  return (text) => expression.test(text);
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0));
}

/** RFC 3339, with its space in the place of the T, and with leap seconds. */
function isDateTime(text: string): boolean {
  const [, date = '', hours = 99, minutes = 99, seconds = 99, zone = ''] =
    /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  if (!isDate(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return false;
  const [, zoneHours, zoneMinutes] = (/^[+-](\d\d):(\d\d)$/.exec(zone) ?? [0, 0, 0]).map(Number);
  return (zoneHours ?? 0) <= 23 && (zoneMinutes ?? 0) <= 59;
}
