/** How long one call takes: the median of several rounds, after a warm-up, in nanoseconds. */

const ROUNDS = 7;
const ROUND_NANOSECONDS = 60_000_000;

export interface Measured {
  readonly name: string;
  readonly nanoseconds: number;
}

export function measure(name: string, work: () => void): Measured {
  let calls = 1;
  while (timeOf(work, calls) < ROUND_NANOSECONDS / 4) calls *= 2;
  const rounds = Array.from({ length: ROUNDS }, () => timeOf(work, calls * 4) / (calls * 4));
  rounds.sort((a, b) => a - b);
  return { name, nanoseconds: rounds[ROUNDS >> 1] ?? 0 };
}

/** Prints measurements with their ratio to the first one. */
export function report(title: string, measured: readonly Measured[]): void {
  const first = measured[0]?.nanoseconds ?? 1;
  console.log(`\n${title}`);
  for (const { name, nanoseconds } of measured) {
    const ratio = (nanoseconds / first).toFixed(2);
    console.log(`  ${name.padEnd(44)} ${nanoseconds.toFixed(0).padStart(8)} ns  x ${ratio.padStart(6)}`);
  }
}

function timeOf(work: () => void, calls: number): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < calls; i += 1) work();
  return Number(process.hrtime.bigint() - start);
}
