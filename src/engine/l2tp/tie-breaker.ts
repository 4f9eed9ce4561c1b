/**
 * Two ends that ask each other for a tunnel at the same time, and want one between them (RFC 2661 §4.4.3 Tie Breaker, §7.2.1).
 * The lower value wins, any value wins over none, equal values lose both; without any there are two tunnels.
 */

export type TieWinner = "ours" | "theirs" | "both" | "neither";

export function breakTie(ours: Uint8Array | undefined, theirs: Uint8Array | undefined): TieWinner {
  if (ours === undefined) return theirs === undefined ? "both" : "theirs";
  if (theirs === undefined) return "ours";
  const order = Buffer.compare(ours, theirs);
  return order === 0 ? "neither" : order < 0 ? "ours" : "theirs";
}
