/**
 * The few octets of PPP that stand before a packet (RFC 1661 §2, §6.5, §6.6): address and control, and a protocol field
 * of one octet or two. Both compressions are understood whether or not they were agreed on.
 */

const ADDRESS = 0xff;
const CONTROL = 0x03;
export const PPP_IP = 0x0021;

/** Offset of the protocol field: behind address and control where they are present. */
export function protocolAt(frame: Uint8Array): number {
  return frame[0] === ADDRESS && frame[1] === CONTROL ? 2 : 0;
}

/** Octets of the protocol field at `at`; 0 = the frame ends before it does. An odd octet ends the field. */
export function protocolLength(frame: Uint8Array, at: number): 0 | 1 | 2 {
  if (at >= frame.length) return 0;
  if (((frame[at] ?? 0) & 1) !== 0) return 1;
  return at + 1 < frame.length ? 2 : 0;
}

/** The frame from a protocol field of two octets on: a view, or a copy where the field has to grow. */
export function normalised(frame: Uint8Array, at: number, length: 1 | 2): Uint8Array {
  if (length === 2) return frame.subarray(at);
  const grown = new Uint8Array(frame.length - at + 1);
  grown.set(frame.subarray(at), 1);
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
