/**
 * Passwords of type 7: exclusive-or with a fixed text, which hides them from a glance and from nothing else.
 */

const KEY = "dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";

/** The clear text; `undefined` where the digits are no such password. */
export function decodeType7(encoded: string): string | undefined {
  if (!/^\d\d([0-9A-Fa-f]{2})*$/.test(encoded)) return undefined;
  const start = Number(encoded.slice(0, 2));
  const pairs = encoded.slice(2).match(/../g) ?? [];
  return pairs
    .map((pair, index) => String.fromCharCode(Number.parseInt(pair, 16) ^ KEY.charCodeAt((start + index) % KEY.length)))
    .join("");
}
