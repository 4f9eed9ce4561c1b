/**
 * Why offers were refused: each transform against each of ours, and of many the one that came closest, because that is the one whose
 * owner meant to be let in.
 */

export interface Refusal {
  readonly proposal: number;
  readonly transform: number;
  /** The priority of our policy, or the name of our transform set, that it was held against. */
  readonly against: string | number;
  /** In how many attributes the two differ. */
  readonly differences: number;
  /** The first of them, in plain words. */
  readonly reason: string;
}

/** Not fit for any policy, whatever its other attributes say. */
const UNFIT = 100;

export function unfit(at: Omit<Refusal, "differences" | "reason">, reason: string): Refusal {
  return { ...at, differences: UNFIT, reason };
}

/** `undefined` where nothing differs. */
export function refusalOf(
  at: Omit<Refusal, "differences" | "reason">,
  differences: Iterable<string>,
): Refusal | undefined {
  const [reason, ...more] = differences;
  return reason === undefined ? undefined : { ...at, differences: more.length + 1, reason };
}

/** What the closest one lacked, and which it was; the first of equals. */
export function closestReason(refusals: readonly Refusal[]): string {
  let closest: Refusal | undefined;
  for (const refusal of refusals) {
    if (closest === undefined || refusal.differences < closest.differences) closest = refusal;
  }
  if (closest === undefined) return "none was offered";
  const { reason, transform, against, differences } = closest;
  const more = differences > 1 && differences < UNFIT ? `, and ${differences - 1} more` : "";
  return `${reason}${more} (transform ${transform} against ${against})`;
}
