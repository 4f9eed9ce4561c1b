/**
 * Passwords of type 7: exclusive-or with a fixed text, which hides them from a glance and from nothing else. Two digits
 * tell where in the text it begins.
 */

const KEY = "dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";

/** Where it may begin: 0 to 15. */
export const TYPE7_STARTS = 16;

/** The clear text; `undefined` where the digits are no such password. */
export function decodeType7(encoded: string): string | undefined {
  if (!/^\d\d([0-9A-Fa-f]{2})*$/.test(encoded)) return undefined;
  const start = Number(encoded.slice(0, 2));
  if (start >= KEY.length) return undefined;
  const octets = (encoded.slice(2).match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(mixed(octets, start));
}

/** `start`: 0 to 15. */
export function encodeType7(clear: string, start: number): string {
  const octets = [...mixed([...new TextEncoder().encode(clear)], start)];
  const digits = octets.map((octet) => octet.toString(16).padStart(2, "0"));
  return `${String(start).padStart(2, "0")}${digits.join("").toUpperCase()}`;
}

function mixed(octets: readonly number[], start: number): Uint8Array {
  return Uint8Array.from(octets, (octet, index) => octet ^ KEY.charCodeAt((start + index) % KEY.length));
}
