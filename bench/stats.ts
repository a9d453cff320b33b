/** The middle of the values, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** How far the values lie apart, as a share of their median: (greatest − least) ÷ median. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** The least value that at least `share` (0 to 1) of the values do not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/**
 * The median of the ratios, round by round: both were measured within seconds of each other then, and what slows the
 * machine for a while slows both. A round where one is missing does not count; NaN where none is left.
 */
export function ratio(ours: readonly (number | undefined)[], theirs: readonly (number | undefined)[]): number {
  const pairs = ours.map((own, round) => [own, theirs[round]] as const);
  return median(pairs.flatMap(([own, other]) => (own === undefined || other === undefined ? [] : [own / other])));
}
