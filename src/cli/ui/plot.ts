/** Numbers over time as characters: a row of bars (sparkline), and a plot of several rows. */

const BARS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** The newest value stands at the right; 0 is a blank, and every value above it at least the smallest bar. */
export function sparkline(values: readonly number[], width: number, most: number = Math.max(0, ...values)): string {
  return values
    .slice(-width)
    .map((value) => BARS[eighths(value, most, 1)] ?? " ")
    .join("")
    .padStart(width);
}

/** `height` rows, the top one first; a column for each value. */
export function plot(values: readonly number[], width: number, height: number): readonly string[] {
  const shown = values.slice(-width);
  const most = Math.max(0, ...shown);
  return Array.from({ length: height }, (_, row) => {
    const below = (height - 1 - row) * 8;
    return shown
      .map((value) => BARS[Math.max(0, Math.min(8, eighths(value, most, height) - below))] ?? " ")
      .join("")
      .padStart(width);
  });
}

function eighths(value: number, most: number, height: number): number {
  if (value <= 0 || most <= 0) return 0;
  return Math.max(1, Math.round((value / most) * height * 8));
}

const UNITS = ["", "k", "M", "G", "T"] as const;

/** Bit/s in at most six columns: `0`, `950`, `1.2M`, `12.3G`. */
export function rateText(bitsPerSecond: number): string {
  let value = bitsPerSecond;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? Math.round(value).toString() : value.toFixed(1);
  return `${digits}${UNITS[unit]}`;
}

/** `00:01:02`, `3d04h`. */
export function ageText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  if (hours >= 100) return `${Math.floor(hours / 24)}d${two(hours % 24)}h`;
  return `${two(hours)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
