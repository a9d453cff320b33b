/**
 * Formats that the validator takes too lightly: it knows how a date is written, not that February has no 30th.
 * The others are its own.
 */
export const formats = {
  date: isDate,
  'date-time': isDateTime,
};

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
