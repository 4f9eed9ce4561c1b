/**
 * How much more processor time work takes when there is more to do. A clock on the wall tells how busy the machine is; this tells
 * whether the work is linear.
 */

/** Microseconds of processor time, the least of three: what disturbs can only add. */
function processorTime(work: () => void): number {
  const runs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.max(100, Math.min(...runs));
}

/** The cost of `work(few * times)` as a multiple of `work(few)`: near `times` when it is linear, near its square when it is not. */
export function growth(work: (count: number) => void, few: number, times: number): number {
  work(few);
  const small = processorTime(() => work(few));
  return processorTime(() => work(few * times)) / small;
}
