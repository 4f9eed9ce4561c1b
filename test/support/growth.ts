/**
 * How much more processor time work takes when there is more to do. A clock on the wall tells how busy the machine is; this tells
 * whether the work is linear.
 */

/** As the kernel counts it, which may be in ticks of ten milliseconds. */
const LONG_ENOUGH_MICROS = 100_000;

/** Microseconds of processor time for one run of it, the least of three measurements: what disturbs can only add. */
function processorTime(work: () => void): number {
  const measurements = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    for (let runs = 1; ; runs += 1) {
      work();
      const { user, system } = process.cpuUsage(before);
      if (user + system > LONG_ENOUGH_MICROS) return (user + system) / runs;
    }
  });
  return Math.min(...measurements);
}

/** The cost of `work(few * times)` as a multiple of `work(few)`: near `times` when it is linear, near its square when it is not. */
export function growth(work: (count: number) => void, few: number, times: number): number {
  work(few);
  const small = processorTime(() => work(few));
  return processorTime(() => work(few * times)) / small;
}
