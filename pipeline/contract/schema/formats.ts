const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[+-]([01]\d|2[0-3]):?[0-5]\d)$/i;

function isDate(value: string): boolean {
  const [, year, month, day] = DATE.exec(value) ?? [];
  if (year === undefined) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(8, 10) === day;
}

function isInstant(value: string): boolean {
  const [date = '', time] = value.split(/t/i, 2);
  return time !== undefined && isDate(date) && TIME.test(time);
}

const isIpv4 = (value: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(value) && value.split('.').every((part) => Number(part) <= 255);

/** A format that is not among these says nothing that can be checked. */
const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': isInstant,
  date: isDate,
  time: (value) => TIME.test(value),
  duration: (value) => /^P(?!$)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$/.test(value),
  uuid: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  email: (value) => /^[^\s@]+@[^\s@]+$/.test(value),
  ipv4: isIpv4,
  ipv6: (value) => /^[0-9a-f:.]{2,45}$/i.test(value) && value.includes(':') && URL.canParse(`http://[${value}]`),
  uri: (value) => /^[a-z][a-z\d+.-]*:\S*$/i.test(value) && !/[\s<>"{}|\\^`]/.test(value),
  hostname: (value) => value.length <= 253 && /^[a-z\d]([a-z\d.-]*[a-z\d])?\.?$/i.test(value),
  regex: (value) => {
    try {
      new RegExp(value);
      return true;
    } catch {
      return false;
    }
  },
  byte: (value) => /^[A-Za-z0-9+/_-]*={0,2}\s*$/.test(value),
};

export const fitsFormat = (format: string, value: string): boolean =>
  !Object.hasOwn(FORMATS, format) || FORMATS[format]?.(value) !== false;

/** Whether there are values that this suite knows to be outside the format. */
export const isCheckedFormat = (format: string): boolean => Object.hasOwn(FORMATS, format) && format !== 'byte';

/** An ordinary value of a format. */
export const ORDINARY: Readonly<Record<string, string>> = {
  'date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  duration: 'P1D',
  email: 'user@example.com',
  'idn-email': 'user@example.com',
  ipv4: '192.0.2.10',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/a',
  url: 'https://example.com/a',
  'uri-reference': '/a',
  iri: 'https://example.com/a',
  'iri-reference': '/a',
  'uri-template': '/a/{b}',
  hostname: 'www.example.com',
  'idn-hostname': 'www.example.com',
  uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  byte: 'dGV4dA==',
  binary: 'text',
  password: 'Passw0rd-example',
  'json-pointer': '/a',
  'relative-json-pointer': '0',
  regex: '^a+$',
  decimal: '1.5',
  int64: '1',
};
