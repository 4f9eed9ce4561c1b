/**
 * L2TP control messages on the wire: the header (RFC 2661 §3.1, T = 1) and the attribute-value pairs behind it
 * (§4.1), still opaque. A control message has the T, L and S bits, neither O nor P, and version 2; anything else is
 * refused, as is a Length that the datagram does not hold or that exceeds 4096. Octets after Length are ignored.
 */

import { Bug, WireError } from "../kernel/errors.ts";
import { type Codec, Reader, struct, u16, Writer } from "./codec.ts";

/** Header of every control message we send, and after masking of every one we accept. */
const CONTROL_FLAGS = 0xc802;
/** T, L, S, O, P and Ver; the reserved bits are ignored on receipt. */
const SIGNIFICANT_FLAGS = 0xcb0f;
const VERSION_MASK = 0x000f;

export const L2TP_CONTROL_HEADER_LENGTH = 12;
const AVP_HEADER_LENGTH = 6;
const AVP_LENGTH_MASK = 0x03ff;
const AVP_RESERVED = 0x3c00;
const AVP_MANDATORY = 0x8000;
const AVP_HIDDEN = 0x4000;

export const AVP_VALUE_MAX = AVP_LENGTH_MASK - AVP_HEADER_LENGTH;

/** No message of RFC 2661 comes near either; more is an attempt to keep us busy or to fill our memory. */
const AVPS_MAX = 64;
const MESSAGE_MAX = 4096;

export interface L2tpControlHeader {
  readonly flags: number;
  readonly length: number;
  readonly tunnelId: number;
  readonly sessionId: number;
  readonly ns: number;
  readonly nr: number;
}

const header: Codec<L2tpControlHeader> = struct("L2TP control header", "RFC 2661 §3.1", {
  flags: u16,
  length: u16,
  tunnelId: u16,
  sessionId: u16,
  ns: u16,
  nr: u16,
});

export interface L2tpControlMessage {
  readonly header: L2tpControlHeader;
  /** The AVPs; a view. Empty = a zero-length body (ZLB), which only acknowledges. */
  readonly body: Uint8Array;
}

export function decodeL2tpControl(datagram: Uint8Array): L2tpControlMessage {
  if (datagram.length < L2TP_CONTROL_HEADER_LENGTH) throw new WireError("truncated", datagram.length, header.name);
  const value = header.decode(datagram.subarray(0, L2TP_CONTROL_HEADER_LENGTH));
  const flags = value.flags & SIGNIFICANT_FLAGS;
  if ((flags & VERSION_MASK) !== (CONTROL_FLAGS & VERSION_MASK)) throw new WireError("badVersion", 1, header.name);
  if (flags !== CONTROL_FLAGS) throw new WireError("badValue", 0, header.name);
  if (value.length < L2TP_CONTROL_HEADER_LENGTH || value.length > Math.min(datagram.length, MESSAGE_MAX)) {
    throw new WireError("badLength", 2, header.name);
  }
  return { header: value, body: datagram.subarray(L2TP_CONTROL_HEADER_LENGTH, value.length) };
}

export function encodeL2tpControl(
  fields: Omit<L2tpControlHeader, "flags" | "length">,
  body: Uint8Array = new Uint8Array(),
): Uint8Array {
  const writer = new Writer();
  header.write(writer, { ...fields, flags: CONTROL_FLAGS, length: L2TP_CONTROL_HEADER_LENGTH + body.length });
  return writer.put(body).finish();
}

export interface RawAvp {
  readonly mandatory: boolean;
  readonly hidden: boolean;
  /** A reserved bit is set: the AVP counts as unknown (§4.1). */
  readonly reserved: boolean;
  readonly vendor: number;
  readonly type: number;
  readonly value: Uint8Array;
}

/** Splits a body into AVPs. Throws when a length lies, because nothing after it can be found. */
export function decodeAvps(body: Uint8Array): readonly RawAvp[] {
  const reader = new Reader(body, "L2TP AVP");
  const avps: RawAvp[] = [];
  while (reader.remaining > 0) {
    if (avps.length === AVPS_MAX) reader.fail("tooMany");
    const start = reader.at;
    const flags = reader.u16();
    const length = flags & AVP_LENGTH_MASK;
    if (length < AVP_HEADER_LENGTH) reader.fail("badLength", start);
    avps.push({
      mandatory: (flags & AVP_MANDATORY) !== 0,
      hidden: (flags & AVP_HIDDEN) !== 0,
      reserved: (flags & AVP_RESERVED) !== 0,
      vendor: reader.u16(),
      type: reader.u16(),
      value: reader.take(length - AVP_HEADER_LENGTH),
    });
  }
  return avps;
}

export function writeAvp(writer: Writer, avp: Omit<RawAvp, "reserved">): void {
  if (avp.value.length > AVP_VALUE_MAX) throw new Bug(`an AVP value of ${avp.value.length} octets`);
  const length = AVP_HEADER_LENGTH + avp.value.length;
  writer.u16((avp.mandatory ? AVP_MANDATORY : 0) | (avp.hidden ? AVP_HIDDEN : 0) | length);
  writer.u16(avp.vendor).u16(avp.type).put(avp.value);
}
