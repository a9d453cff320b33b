import { Random } from '../../document/random.ts';

const LABEL = 63;

/** Longer and longer values of a format, the ordinary one among them, for bounds of length and patterns. */
const LADDERS: Readonly<Record<string, (least: number) => readonly string[]>> = {
  uri: (least) => ['a:b', 'http://a.b', 'https://example.com/a', padded('https://example.com/', least)],
  url: (least) => ['http://a.b', 'https://example.com/a', padded('https://example.com/', least)],
  'uri-reference': (least) => ['/a', padded('/', least)],
  email: (least) => ['a@b.c', 'a@b.co', 'user@example.com', `${'u'.repeat(Math.max(4, least - 12))}@example.com`],
  hostname: (least) => ['a', 'a.b', 'www.example.com', domain(least)],
  ipv6: () => ['::1', '2001:db8::1', '2001:0db8:0000:0000:0000:0000:0000:0001'],
  duration: () => ['P1D', 'PT1S', 'PT10S', 'P1DT1H', 'P1Y2M3DT4H5M6S', 'P1Y2M10DT14H15M16.123S'],
  time: () => ['09:30:00Z', '09:30:00+00:00', '09:30:00.000Z', '09:30:00.000000Z', '09:30:00.000000+00:00'],
  'date-time': () => ['2026-01-15T09:30:00Z', '2026-01-15T09:30:00.000Z', '2026-01-15T09:30:00.000000+00:00'],
  regex: (least) => ['a', '^a+$', padded('^', least)],
  'json-pointer': (least) => ['', '/a', padded('/', least)],
  byte: (least) => ['', 'dGV4dA==', 'dGV4'.repeat(Math.ceil(least / 4))],
};

const padded = (start: string, least: number): string => start.padEnd(least, 'a');

const domain = (least: number): string => {
  const labels = Array.from({ length: Math.ceil(least / (LABEL + 1)) }, () => 'a'.repeat(LABEL));
  return `${labels.join('.')}.com`.slice(-Math.max(least, 5));
};

const TRIES = 400;

/** A value of a format that has a length within the bounds and matches the pattern, if one is found. */
export function sizedFormat(
  format: string,
  fits: (value: string) => boolean,
  least: number,
  draw: (random: Random) => string,
): string | undefined {
  const found = LADDERS[format]?.(Math.min(least, 10_000)).find(fits);
  if (found !== undefined) return found;
  const random = new Random(1, format);
  for (let tries = 0; tries < TRIES; tries++) {
    const drawn = draw(random);
    if (fits(drawn)) return drawn;
  }
  return undefined;
}
