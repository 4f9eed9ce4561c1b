/** The names under which counters are marked when they are cleared; they are the same for every login. */

/** Counters of interfaces. */
export const INTERFACE_MARKS = "interfaces";
/** When an interface was last cleared. */
export function clearedMark(name: string): string {
  return `interface ${name}`;
}

/** Counters of SAs. */
export const CRYPTO_MARKS = "crypto";
/** What the crypto engine counts. */
export const ENGINE_MARKS = "crypto engine";
/** When the failures of IKE were cleared. */
export const DIAGNOSE_MARK = "crypto isakmp diagnose";
/** Counters of tunnels and of what goes through them. */
export const L2TP_MARKS = "l2tp";
/** When the history of failures was cleared. */
export const FAILURE_MARK = "vpdn history failure";
