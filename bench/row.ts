/** One figure: a ratio to a limit or a peer that was measured in the same run. */
export interface Row {
  readonly metric: string;
  readonly value: number;
  /** What `value` must be, in words: `<= 3`. */
  readonly gate: string;
  readonly ok: boolean;
  /** The raw figures behind it. */
  readonly note: string;
}

export function atMost(metric: string, value: number, most: number, note: string): Row {
  return { metric, value, gate: `<= ${most}`, ok: value <= most, note };
}

export function atLeast(metric: string, value: number, least: number, note: string): Row {
  return { metric, value, gate: `>= ${least}`, ok: value >= least, note };
}

/** Told, but not gated: too noisy on a shared machine. */
export function reported(metric: string, value: number, note: string): Row {
  return { metric, value, gate: "reported", ok: true, note };
}

/** The value that `share` of the sorted values stay below. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

const widths = { metric: 14, value: 9, gate: 9, ok: 5 };

/** The table's head, and how a row stands below it. */
export const head: string = cells("metric", "value", "gate", "", "note");

export const tell = ({ metric, value, gate, ok, note }: Row): string =>
  cells(metric, value.toFixed(2), gate, ok ? "ok" : "FAIL", note);

function cells(metric: string, value: string, gate: string, ok: string, note: string): string {
  const { metric: m, value: v, gate: g, ok: o } = widths;
  return `${metric.padEnd(m)}${value.padStart(v)}  ${gate.padEnd(g)} ${ok.padEnd(o)} ${note}`;
}
