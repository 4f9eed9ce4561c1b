/** What benches have measured: printed as tables with ratios while they run, or kept for JSON and for a picture. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ns" | "us" | "ms" | "s" | "kB" | "MB" | "Mbit/s" | "1/s" | "%" | "x" | "";
  /** Of the same measurement, behind the figure. */
  readonly more?: string;
}

export interface Report {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** The first figure is what the others are compared with. */
  readonly compares: boolean;
}

const NAME_WIDTH = 58;

export class Figures {
  readonly #reports: Report[] = [];
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get reports(): readonly Report[] {
    return this.#reports;
  }

  /** Figures side by side: the first is what the others are compared with. */
  compare(title: string, figures: readonly Figure[]): void {
    this.#add({ title, figures, compares: true });
  }

  /** Figures that say different things. */
  list(title: string, figures: readonly Figure[]): void {
    this.#add({ title, figures, compares: false });
  }

  /** What another process of this bench has printed with `--json`. */
  adopt(printed: string, bench: string): void {
    const reports = (JSON.parse(printed) as Record<string, Report[]>)[bench] ?? [];
    for (const report of reports) this.#add(report);
  }

  /** What is no figure, as that something could not be measured here. */
  note(text: string): void {
    this.#print(`  ${text}`);
  }

  #add(report: Report): void {
    this.#reports.push(report);
    this.#print(`\n${report.title}`);
    const width = Math.max(NAME_WIDTH, ...report.figures.map(({ name }) => name.length));
    for (const { name, value, unit, more = "" } of report.figures) {
      const ratio = report.compares ? `  x ${ratioTo(report, value).toFixed(2).padStart(6)}` : "";
      this.#print(
        `  ${name.padEnd(width)} ${valueText(value).padStart(9)} ${unit.padEnd(6)}${ratio}  ${more}`.trimEnd(),
      );
    }
  }
}

function ratioTo({ figures: [first] }: Report, value: number): number {
  return value / (first?.value ?? Number.NaN);
}

/** Three digits that mean something. */
export function valueText(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number.isInteger(value) ? String(value) : value.toFixed(digits);
}

/** Of several rounds; `NaN` = there was none. */
export function median(values: readonly number[]): number {
  return at(values, 0.5);
}

/** The value below which a share of them lies; `NaN` = there was none. */
export function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
