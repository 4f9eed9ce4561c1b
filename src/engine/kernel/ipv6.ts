/**
 * IPv6 addresses as text and as sixteen octets (RFC 4291 §2.2, and RFC 5952 for the one way to write them). Knows no zones: an address that only
 * one link knows is no address of a peer. Addresses of IPv4 in the clothes of IPv6 are undressed in `address.ts`.
 */

const GROUPS = 8;
export const IPV6_OCTETS = 16;
const DOTTED = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;

/** The octets of an address in any of the ways to write it; `undefined` where the text is none. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0 || text.length > 45) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  // Four octets in the words of IPv4 stand at the end alone.
  if (before === undefined || after === undefined || (tail !== undefined && head.includes("."))) return undefined;
  const missing = GROUPS - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const octets = new Uint8Array(IPV6_OCTETS);
  before.forEach((group, index) => {
    putGroup(octets, index, group);
  });
  after.forEach((group, index) => {
    putGroup(octets, GROUPS - after.length + index, group);
  });
  return octets;
}

/** RFC 5952: small letters, no leading zeros, and `::` for the first of the longest runs of two zero groups or more. */
export function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: GROUPS }, (_, index) => groupAt(octets, index));
  let [from, length] = [0, 1];
  for (let at = 0; at < GROUPS; at += 1) {
    let end = at;
    while (end < GROUPS && groups[end] === 0) end += 1;
    if (end - at > length) [from, length] = [at, end - at];
  }
  const text = (some: readonly number[]): string => some.map((group) => group.toString(16)).join(":");
  return length === 1 ? text(groups) : `${text(groups.slice(0, from))}::${text(groups.slice(from + length))}`;
}

function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const words = text.split(":");
  const groups: number[] = [];
  for (const [index, word] of words.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(word)) groups.push(Number.parseInt(word, 16));
    else {
      const octets = DOTTED.test(word) ? word.split(".").map(Number) : [];
      const [a = 256, b = 256, c = 256, d = 256] = octets;
      if (index !== words.length - 1 || Math.max(a, b, c, d) > 255) return undefined;
      groups.push(a * 256 + b, c * 256 + d);
    }
  }
  return groups;
}

function groupAt(octets: Uint8Array, index: number): number {
  return (octets[2 * index] ?? 0) * 256 + (octets[2 * index + 1] ?? 0);
}

function putGroup(octets: Uint8Array, index: number, group: number): void {
  octets[2 * index] = group >>> 8;
  octets[2 * index + 1] = group;
}
