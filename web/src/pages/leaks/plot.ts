// The geometry of the score plot: bars of a histogram, its lines and the copies that were named, in its own units.
import type { Schemas } from "@/api/client";

export type Plot = NonNullable<Schemas["ScorePlot"]>;

export interface Bar {
  from: number;
  to: number;
  copies: number;
}

export function barsOf(plot: Plot): Bar[] {
  return plot.counts.map((copies, index) => ({
    from: (plot.first_bin + index) / plot.bins_per_unit,
    to: (plot.first_bin + index + 1) / plot.bins_per_unit,
    copies,
  }));
}

/** The scores that must be in sight: every bar, both lines, every copy named, and some air. */
export function rangeOf(plot: Plot, scores: number[]): [number, number] {
  const bars = barsOf(plot).filter(({ copies }) => copies > 0);
  const low = Math.min(-4, ...bars.map(({ from }) => from));
  const high = Math.max(plot.identified_line, plot.lead_line, plot.highest_other, ...scores, ...bars.map(({ to }) => to));
  const air = (high - low) * 0.05;
  return [low - air, high + air];
}

/** Counts span from one copy to a million: heights grow with their logarithm; one copy is still seen. */
export function heightOf(copies: number, most: number): number {
  return copies <= 0 ? 0 : Math.log10(1 + 9 * (copies / Math.max(1, most))) * 0.9 + 0.1;
}

/** Round values between two ends, about as many as asked. */
export function ticks(low: number, high: number, about: number): number[] {
  const rough = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power * 10;
  const found: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) found.push(Number(at.toFixed(6)));
  return found;
}

/** "1.0 × 10⁻¹²" of a decimal logarithm, rounded up: a bound is never quoted smaller than it is. */
export function powerOfTen(log10: number): string {
  const exponent = Math.floor(log10);
  const mantissa = Math.ceil(10 ** (log10 - exponent) * 10) / 10;
  const [digits, power] = mantissa >= 10 ? [1, exponent + 1] : [mantissa, exponent];
  const raised = String(power).replace(/[-\d]/g, (sign) => (sign === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] ?? sign)));
  return digits === 1 ? `10${raised}` : `${digits} × 10${raised}`;
}
