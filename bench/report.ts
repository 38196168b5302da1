/** The middle value: half of the rounds were better. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Of values in ascending order, the one that this share of them does not exceed. */
export const share = (ascending: readonly number[], part: number): number =>
  ascending[Math.floor(ascending.length * part)] ?? Number.NaN;

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** A table for people, and the same on one line for programs. */
export function print(bench: string, rows: readonly Record<string, string | number>[]): void {
  console.table(rows);
  console.log(JSON.stringify({ bench, node: process.version, rows }));
}
