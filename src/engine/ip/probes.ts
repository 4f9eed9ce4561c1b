/**
 * What a router sends to find out who can be reached: echo requests (RFC 792) and, for traceroute, UDP packets to ports where
 * nobody listens (RFC 1812 §4.3.3). Each probe is one packet; its answer is recognised by identifier and sequence number,
 * or by the header that an ICMP error quotes.
 */

import { type Address, ipv4FromNumber, ipv4ToNumber } from "../kernel/address.ts";
import { DeadlineQueue } from "../kernel/deadline-queue.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import { ICMP_ECHO_HEADER_LENGTH, icmpEcho, icmpType } from "../wire/icmp.ts";
import { icmpErrorType, readIcmpAnswer } from "../wire/icmp-error.ts";
import { IPV4_HEADER_LENGTH, type Ipv4Packet, ipProtocol, ipv4Packet, simplePacket } from "../wire/ipv4.ts";
import { putU16, u16At } from "../wire/octets.ts";
import { addressSum, putUdpHeader, UDP_HEADER_LENGTH, udpChecksum } from "../wire/udp.ts";

export interface ProbeRequest {
  readonly kind: "echo" | "udp";
  readonly virtualRouter: string;
  readonly destination: Address;
  /** Absent = the address that the way to the destination suggests. */
  readonly source: Address | undefined;
  /** Octets of the whole IP packet, 36 to 18024; less than the headers need is rounded up. */
  readonly sizeOctets: number;
  readonly timeToLive: number;
  readonly dontFragment: boolean;
  readonly timeoutMillis: number;
  /** Two octets that fill the packet: 0xabcd. */
  readonly pattern: number;
  /** UDP: the port on which nobody listens. */
  readonly port: number;
}

export type ProbeReport =
  | {
      readonly type: "answered";
      readonly by: Address;
      readonly answer: "echoReply" | "timeExceeded" | "unreachable";
      /** The ICMP code: 3 = port unreachable, 13 = prohibited. */
      readonly code: number;
      /** TTL of the answer. */
      readonly timeToLive: number;
      readonly roundTripMillis: Millis;
    }
  | { readonly type: "timedOut" };

/** A probe that is under way, and what it is told apart by. */
interface Sent {
  readonly id: number;
  readonly key: number;
  readonly request: ProbeRequest;
  readonly sentAt: Millis;
}

/** Commands that run in many sessions at once cannot make us keep more. */
const MAX_UNDER_WAY = 1000;

const LARGEST_PACKET = 65_535;

export class Probes {
  readonly #random: Random;
  readonly #byId = new Map<number, Sent>();
  readonly #byKey = new Map<number, Sent>();
  readonly #deadlines = new DeadlineQueue<number>();
  readonly #packets = new Outputs<{ readonly virtualRouter: string; readonly bytes: Uint8Array }>();
  readonly #reports = new Outputs<{ readonly id: number; readonly report: ProbeReport }>();

  constructor(random: Random) {
    this.#random = random;
  }

  start(id: number, request: ProbeRequest, source: Address, now: Millis): void {
    if (this.#byId.size >= MAX_UNDER_WAY) {
      this.#reports.push({ id, report: { type: "timedOut" } });
      return;
    }
    const key = this.#freeKey(request);
    const sent: Sent = { id, key, request, sentAt: now };
    this.#byId.set(id, sent);
    this.#byKey.set(key, sent);
    this.#deadlines.set(id, { at: now + request.timeoutMillis, why: "probe unanswered" });
    this.#packets.push({ virtualRouter: request.virtualRouter, bytes: probePacket(request, source, key) });
  }

  /** Forgets a probe without a report. */
  drop(id: number): void {
    const sent = this.#byId.get(id);
    if (sent !== undefined) this.#forget(sent);
  }

  /** An IP packet to one of our addresses; what answers no probe of that virtual router is not for us. */
  receive(virtualRouter: string, bytes: Uint8Array, now: Millis): void {
    if (this.#byId.size === 0) return;
    const decoded = tryDecode(() => ipv4Packet.decode(bytes));
    if (!decoded.ok || decoded.value.protocol !== ipProtocol.icmp) return;
    const answer = answerOf(decoded.value);
    const sent = answer === undefined ? undefined : this.#byKey.get(answer.key);
    if (sent === undefined || answer === undefined || sent.request.virtualRouter !== virtualRouter) return;
    if (answer.kind !== sent.request.kind || answer.about !== sent.request.destination) return;
    this.#forget(sent);
    const { timeToLive, source } = decoded.value;
    const roundTripMillis = now - sent.sentAt;
    const by = ipv4FromNumber(source);
    const report = {
      type: "answered",
      by,
      answer: answer.answer,
      code: answer.code,
      timeToLive,
      roundTripMillis,
    } as const;
    this.#reports.push({ id: sent.id, report });
  }

  handleTimeout(now: Millis): void {
    for (let due = this.#deadlines.takeDue(now); due !== undefined; due = this.#deadlines.takeDue(now)) {
      this.drop(due);
      this.#reports.push({ id: due, report: { type: "timedOut" } });
    }
  }

  pollTimeout(): Deadline | undefined {
    return this.#deadlines.peek();
  }

  pollPacket(): { readonly virtualRouter: string; readonly bytes: Uint8Array } | undefined {
    return this.#packets.poll();
  }

  pollReport(): { readonly id: number; readonly report: ProbeReport } | undefined {
    return this.#reports.poll();
  }

  #forget(sent: Sent): void {
    this.#byId.delete(sent.id);
    this.#byKey.delete(sent.key);
    this.#deadlines.set(sent.id, undefined);
  }

  /** What the answer carries back: unpredictable, so that nobody answers for somebody else. */
  #freeKey(request: ProbeRequest): number {
    for (;;) {
      const octets = this.#random.bytes(4);
      const high = u16At(octets, 0);
      const key =
        (request.kind === "echo" ? high : high | 0x8000) * 0x1_0000 +
        (request.kind === "echo" ? u16At(octets, 2) : request.port);
      if (!this.#byKey.has(key)) return key;
    }
  }
}

interface Answer {
  readonly key: number;
  readonly kind: "echo" | "udp";
  readonly answer: "echoReply" | "timeExceeded" | "unreachable";
  readonly code: number;
  /** Where the probe had gone. */
  readonly about: Address;
}

function answerOf(packet: Ipv4Packet): Answer | undefined {
  const read = readIcmpAnswer(packet.payload);
  if (read === undefined) return undefined;
  if (read.kind === "echoReply") {
    const key = read.identifier * 0x1_0000 + read.sequence;
    return { key, kind: "echo", answer: "echoReply", code: 0, about: ipv4FromNumber(packet.source) };
  }
  const about = ipv4FromNumber(read.destination);
  const answer = read.type === icmpErrorType.timeExceeded ? "timeExceeded" : "unreachable";
  const { code, start } = read;
  if (read.protocol === ipProtocol.udp) {
    return { key: u16At(start, 0) * 0x1_0000 + u16At(start, 2), kind: "udp", answer, code, about };
  }
  const isOurs = read.protocol === ipProtocol.icmp && start[0] === icmpType.echoRequest;
  return isOurs ? { key: u16At(start, 4) * 0x1_0000 + u16At(start, 6), kind: "echo", answer, code, about } : undefined;
}

function probePacket(request: ProbeRequest, source: Address, key: number): Uint8Array {
  const high = Math.floor(key / 0x1_0000);
  const low = key % 0x1_0000;
  const isEcho = request.kind === "echo";
  const headers = IPV4_HEADER_LENGTH + (isEcho ? ICMP_ECHO_HEADER_LENGTH : UDP_HEADER_LENGTH);
  const data = filled(Math.max(0, Math.min(request.sizeOctets, LARGEST_PACKET) - headers), request.pattern);
  const from = ipv4ToNumber(source);
  const to = ipv4ToNumber(request.destination);
  const payload = isEcho
    ? icmpEcho.encode({ type: icmpType.echoRequest, identifier: high, sequence: low, data })
    : udpDatagram(addressSum(source, request.destination), high, low, data);
  const { timeToLive, dontFragment } = request;
  const protocol = isEcho ? ipProtocol.icmp : ipProtocol.udp;
  // The pieces of a large one are told apart from those of the next.
  const identification = high ^ low;
  return ipv4Packet.encode(
    simplePacket({ protocol, source: from, destination: to, payload, timeToLive, dontFragment, identification }),
  );
}

function filled(length: number, pattern: number): Uint8Array {
  return new Uint8Array(length).map((_, index) => (index % 2 === 0 ? pattern >> 8 : pattern & 0xff));
}

function udpDatagram(addresses: number, sourcePort: number, port: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(UDP_HEADER_LENGTH + data.length);
  putUdpHeader(bytes, 0, sourcePort, port, bytes.length);
  bytes.set(data, UDP_HEADER_LENGTH);
  putU16(bytes, 6, udpChecksum(addresses, bytes, 0, bytes.length));
  return bytes;
}
