/**
 * The few octets of PPP that stand before a packet (RFC 1661 §2, §6.5, §6.6): address and control, and a protocol field
 * of one octet or two. Both compressions are understood whether or not they were agreed on.
 */

const ADDRESS = 0xff;
const CONTROL = 0x03;
export const PPP_IP = 0x0021;

/** Offset of the protocol field of the frame in `from…to`: behind address and control where they are present. */
export function protocolAt(octets: Uint8Array, from: number, to: number): number {
  return to - from >= 2 && octets[from] === ADDRESS && octets[from + 1] === CONTROL ? from + 2 : from;
}

/** Octets of the protocol field at `at`; 0 = the frame ends before it does. An odd octet ends the field. */
export function protocolLength(octets: Uint8Array, at: number, to: number): 0 | 1 | 2 {
  if (at >= to) return 0;
  if (((octets[at] ?? 0) & 1) !== 0) return 1;
  return at + 1 < to ? 2 : 0;
}

/** A copy of the frame from a protocol field of two octets on, which grows to that length. */
export function normalised(octets: Uint8Array, at: number, to: number, length: 1 | 2): Uint8Array {
  if (length === 2) return octets.slice(at, to);
  const grown = new Uint8Array(to - at + 1);
  grown.set(octets.subarray(at, to), 1);
  return grown;
}

/** What stands before an IP packet, with what the peer agreed to do without left out. */
export function ipHeader(compressProtocol: boolean, compressAddress: boolean): Uint8Array {
  const address = compressAddress ? [] : [ADDRESS, CONTROL];
  const protocol = compressProtocol ? [PPP_IP] : [PPP_IP >> 8, PPP_IP & 0xff];
  return Uint8Array.from([...address, ...protocol]);
}

/** A frame from a protocol field of two octets on is an IP packet. */
export function isIp(frame: Uint8Array): boolean {
  return frame[0] === PPP_IP >> 8 && frame[1] === (PPP_IP & 0xff);
}
