/** What one call takes of the processor, or a part of it, with what V8 does beside it: the median of several rounds, after a warm-up, in nanoseconds. */

import { type Figure, median } from "./figures.ts";

const ROUNDS = 7;
const ROUND_NANOSECONDS = 60_000_000;

/** A call does `parts` of what is measured. */
export function measure(name: string, work: () => void, parts = 1): Figure {
  let calls = 1;
  while (timeOf(work, calls) < ROUND_NANOSECONDS / 4) calls *= 2;
  const rounds = Array.from({ length: ROUNDS }, () => timeOf(work, calls * 4) / (calls * 4 * parts));
  return { name, value: median(rounds), unit: "ns" };
}

function timeOf(work: () => void, calls: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}
