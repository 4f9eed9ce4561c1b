/**
 * IKE messages cut into pieces that fit the path, in the manner of Cisco and Microsoft (MS-IKEE, payload 132): certificates make
 * messages that a NAT drops as fragments of IP. Pieces go to a peer that has announced that it takes them, and are taken
 * from a peer under whose IKE SA they come; the first message of an exchange is never in pieces. Refuses a piece within a
 * piece, pieces without end, and more than one message at a time from a peer.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import { endpointKey, type Flow } from "../kernel/address.ts";
import { tryDecode, WireError } from "../kernel/errors.ts";
import type { Millis } from "../kernel/machine.ts";
import { ISAKMP_HEADER_LENGTH, type IsakmpHeader } from "../wire/isakmp-header.ts";
import { type Payload, payloadType, readPayloads } from "../wire/isakmp-payload.ts";
import type { InitiatorPlan } from "./events.ts";
import { clearMessage, type ReceivedMessage } from "./message.ts";
import type { IkeContext, IkeSa } from "./state.ts";

/** The MD5 of `FRAGMENTATION`; peers may add four octets that say in which exchanges. */
export const FRAGMENTATION_VENDOR_ID: Uint8Array = new Uint8Array(
  Buffer.from("4048b7d56ebce88525e7de7f00d6c2d3", "hex"),
);

/** No IP packet of a message is longer than this, which every path carries (RFC 8200 §5 has it for IPv6). */
const LARGEST_PACKET = 1280;
/** IPv6, which a translator may put in the place of IPv4, UDP and the marker of the NAT traversal port. */
const OUTER = 40 + 8 + 4;
export const LARGEST_WHOLE = LARGEST_PACKET - OUTER;
const PAYLOAD_HEADER = 4;
const FRAGMENT_HEADER = 4;
const LARGEST_PIECE = LARGEST_WHOLE - ISAKMP_HEADER_LENGTH - PAYLOAD_HEADER - FRAGMENT_HEADER;

export const MAX_PIECES = 40;
export const MAX_MESSAGE = 32_768;
/** Messages that are being put together, of all peers; the oldest goes. */
export const MAX_SETS = 128;
/** A message whose pieces take longer has been repeated by now. */
export const PIECE_LIFE: Millis = 15_000;

const LAST = 1;

interface Fragment {
  /** The same in all pieces of a message. */
  readonly id: number;
  /** From 1. */
  readonly number: number;
  readonly flags: number;
  readonly data: Uint8Array;
}

function readFragment(body: Uint8Array): Fragment {
  if (body.length < FRAGMENT_HEADER) throw new WireError("truncated", body.length, "fragment");
  const [high = 0, low = 0, number = 0, flags = 0] = body;
  return { id: high * 256 + low, number, flags, data: body.subarray(FRAGMENT_HEADER) };
}

function writeFragment({ id, number, flags, data }: Fragment): Uint8Array {
  return Uint8Array.of(id >>> 8, id & 0xff, number, flags, ...data);
}

interface FragmentSet {
  readonly id: number;
  readonly since: Millis;
  readonly pieces: Map<number, Uint8Array>;
  octets: number;
  /** Number of the last piece, once it is known. */
  last: number | undefined;
}

/** What peers have sent of messages that are not complete; one message for each IKE SA. */
export class Fragments {
  readonly #sets = new Map<IkeSa, FragmentSet>();

  get size(): number {
    return this.#sets.size;
  }

  /** The whole message, where this was what was missing; why the piece is refused; `undefined` where more is to come. */
  add(sa: IkeSa, { id, number, flags, data }: Fragment, now: Millis): Uint8Array | string | undefined {
    if (number === 0) return "its number is 0";
    if (number > MAX_PIECES) return `its number is ${number}`;
    if (data.length === 0) return "it is empty";
    const set = this.#setOf(sa, id, now);
    const isLast = (flags & LAST) !== 0;
    if (isLast && set.last !== undefined && set.last !== number) return this.#drop(sa, "two pieces are the last");
    const last = isLast ? number : set.last;
    if (last !== undefined && (number > last || [...set.pieces.keys()].some((other) => other > last))) {
      return this.#drop(sa, "a piece comes after the last");
    }
    set.last = last;
    if (!set.pieces.has(number)) {
      set.octets += data.length;
      if (set.octets > MAX_MESSAGE) return this.#drop(sa, `the message is longer than ${MAX_MESSAGE} octets`);
      set.pieces.set(number, data.slice());
    }
    if (set.pieces.size !== set.last) return undefined;
    this.#sets.delete(sa);
    return assembled(set);
  }

  forget(sa: IkeSa): void {
    this.#sets.delete(sa);
  }

  #setOf(sa: IkeSa, id: number, now: Millis): FragmentSet {
    const known = this.#sets.get(sa);
    if (known !== undefined && known.id === id && now - known.since < PIECE_LIFE) return known;
    const set: FragmentSet = { id, since: now, pieces: new Map(), octets: 0, last: undefined };
    this.#sets.delete(sa);
    this.#sets.set(sa, set);
    for (const oldest of this.#sets.keys()) {
      if (this.#sets.size <= MAX_SETS) break;
      this.#sets.delete(oldest);
    }
    return set;
  }

  #drop(sa: IkeSa, reason: string): string {
    this.#sets.delete(sa);
    return reason;
  }
}

function assembled({ pieces, octets }: FragmentSet): Uint8Array {
  const message = new Uint8Array(octets);
  let at = 0;
  for (let number = 1; number <= pieces.size; number += 1) {
    const piece = pieces.get(number) ?? new Uint8Array(0);
    message.set(piece, at);
    at += piece.length;
  }
  return message;
}

export function isFragment(header: IsakmpHeader): boolean {
  return header.nextPayload === payloadType.fragment;
}

/** Takes a piece in. The message that it completed, or nothing. */
export function takeFragment(
  ike: IkeContext,
  sa: IkeSa,
  message: ReceivedMessage,
  now: Millis,
): Uint8Array | undefined {
  if (!sa.takesFragments || message.flow.remote.address !== sa.flow.remote.address) {
    ike.counters.unexpected += 1;
    return undefined;
  }
  const piece = tryDecode(() => {
    // Who sets the flag of encryption means the message, not the piece.
    const payloads = readPayloads(payloadType.fragment, message.datagram.subarray(ISAKMP_HEADER_LENGTH), false);
    const [only] = payloads;
    if (only === undefined || payloads.length > 1) throw new WireError("tooMany", ISAKMP_HEADER_LENGTH, "fragment");
    return readFragment(only.body);
  });
  const whole = piece.ok ? ike.fragments.add(sa, piece.value, now) : piece.error.message;
  if (typeof whole !== "string") return whole;
  ike.counters.malformed += 1;
  const fields = { peer: endpointKey(message.flow.remote), sa: sa.id, reason: whole };
  ike.strangerLog(now)("ike", "notice", "Fragment of a message was refused", fields);
  return undefined;
}

/** Whether the peer announces that it takes pieces. */
export function announcesFragments(payloads: readonly Payload[]): boolean {
  const { length } = FRAGMENTATION_VENDOR_ID;
  return payloads.some(
    ({ type, body }) =>
      type === payloadType.vendorId &&
      body.length >= length &&
      equalBytes(body.subarray(0, length), FRAGMENTATION_VENDOR_ID),
  );
}

export function offersFragments({ vendorIds }: Pick<InitiatorPlan, "vendorIds">): boolean {
  return announcesFragments(vendorIds.map((body) => ({ type: payloadType.vendorId, body })));
}

/** Sends a message of an IKE SA, in pieces where it is long and the peer takes them. */
export function transmit(ike: IkeContext, sa: IkeSa, flow: Flow, bytes: Uint8Array): void {
  if (!sa.takesFragments || bytes.length <= LARGEST_WHOLE || bytes.length > MAX_PIECES * LARGEST_PIECE) {
    ike.outputs.push({ type: "send", flow, bytes });
    return;
  }
  sa.nextFragmentId = (sa.nextFragmentId % 0xffff) + 1;
  const { initiatorCookie, responderCookie } = sa;
  const [exchange = 0] = bytes.subarray(EXCHANGE_AT);
  const messageId = Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32BE(MESSAGE_ID_AT);
  const count = Math.ceil(bytes.length / LARGEST_PIECE);
  for (let number = 1; number <= count; number += 1) {
    const data = bytes.subarray((number - 1) * LARGEST_PIECE, number * LARGEST_PIECE);
    const body = writeFragment({ id: sa.nextFragmentId, number, flags: number === count ? LAST : 0, data });
    const head = { initiatorCookie, responderCookie, exchange, messageId };
    ike.outputs.push({ type: "send", flow, bytes: clearMessage(head, [{ type: payloadType.fragment, body }]) });
  }
}

/** Where the header of ISAKMP has them (RFC 2408 §3.1). */
const EXCHANGE_AT = 18;
const MESSAGE_ID_AT = 20;
