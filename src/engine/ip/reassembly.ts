/**
 * Putting together what came in pieces and is for ourselves (RFC 791 §3.2). Pieces that overlap spoil their packet, as no honest sender makes them (RFC 5722 gives the reasons);
 * one that came twice is ignored. What is kept is bounded for each source and for all of them, and the oldest gives way. Time is looked at when pieces come: so
 * nobody is told that it ran out.
 */

import type { LineModuleCounters } from "../forwarding.ts";
import type { Millis } from "../kernel/machine.ts";
import { checksum } from "../wire/checksum.ts";
import { ipv4Destination, ipv4HeaderLength, ipv4Protocol, ipv4Source } from "../wire/ipv4.ts";
import { putU16, u16At } from "../wire/octets.ts";

/** From the first piece on (RFC 791 §3.2). */
const TIMEOUT: Millis = 15_000;
/** Each source may have so many packets under way. */
const PACKETS_PER_SOURCE = 8;
const OCTETS_PER_SOURCE = 128 * 1024;
const PACKETS = 1024;
const OCTETS = 4 * 1024 * 1024;
/** As many as the largest packet has where 576 octets pass. */
const PIECES = 128;
/** What a piece costs beside its octets. */
const PIECE_OVERHEAD = 128;

const LARGEST_PACKET = 65_535;
const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;

type ReassemblyCounters = Pick<LineModuleCounters, "reassembled" | "reassemblyTimeouts" | "reassemblyFailures">;

interface Piece {
  /** In the payload. */
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

interface Partial {
  readonly key: string;
  readonly source: Source;
  readonly startedAt: Millis;
  readonly pieces: Piece[];
  /** Octets of payload that are there. */
  present: number;
  /** Octets of payload in all; -1 = the last piece has not come. */
  length: number;
  header: Uint8Array | undefined;
  /** What it costs to keep. */
  octets: number;
  /** It cannot be had any more, and whatever comes of it is dropped. */
  spoiled: boolean;
}

interface Source {
  readonly key: string;
  /** In the order in which they began. */
  readonly partials: Set<Partial>;
  octets: number;
}

export class Reassembly {
  readonly #counters: ReassemblyCounters;
  /** In the order in which they began. */
  readonly #partials = new Map<string, Partial>();
  readonly #sources = new Map<string, Source>();
  #octets = 0;

  constructor(counters: ReassemblyCounters) {
    this.#counters = counters;
  }

  /** Octets that are kept, with what keeping them costs. */
  get octets(): number {
    return this.#octets;
  }

  /** `packet` passed `checkIpv4` and is a fragment, of `virtualRouter`'s; the whole one, when this was the last that was missing. */
  add(virtualRouter: string, packet: Uint8Array, now: Millis): Uint8Array | undefined {
    this.#forgetOld(now);
    const partial = this.#partialOf(virtualRouter, packet, now);
    if (partial.spoiled) return undefined;
    const headerLength = ipv4HeaderLength(packet);
    const flags = u16At(packet, 6);
    const start = (flags & OFFSET_MASK) * 8;
    const end = start + packet.length - headerLength;
    const isLast = (flags & MORE_FRAGMENTS) === 0;
    if (partial.pieces.some((piece) => piece.start === start && piece.end === end)) return undefined;
    if (!fits(partial, start, end, isLast, headerLength)) {
      this.#spoil(partial);
      return undefined;
    }
    if (isLast) partial.length = end;
    if (start === 0) partial.header = packet.slice(0, headerLength);
    partial.pieces.push({ start, end, bytes: packet.slice(headerLength) });
    partial.present += end - start;
    this.#charge(partial, end - start + PIECE_OVERHEAD);
    if (partial.present !== partial.length || partial.header === undefined) {
      this.#makeRoom(partial);
      return undefined;
    }
    this.#forget(partial);
    const whole = joined(partial.header, partial.pieces, partial.length);
    this.#counters[whole === undefined ? "reassemblyFailures" : "reassembled"] += 1;
    return whole;
  }

  #partialOf(virtualRouter: string, packet: Uint8Array, now: Millis): Partial {
    const sourceKey = `${virtualRouter} ${ipv4Source(packet)}`;
    const key = `${sourceKey} ${ipv4Destination(packet)} ${ipv4Protocol(packet)} ${u16At(packet, 4)}`;
    const known = this.#partials.get(key);
    if (known !== undefined) return known;
    const source = this.#sources.get(sourceKey) ?? { key: sourceKey, partials: new Set(), octets: 0 };
    this.#sources.set(sourceKey, source);
    const partial: Partial = {
      key,
      source,
      startedAt: now,
      pieces: [],
      present: 0,
      length: -1,
      header: undefined,
      octets: 0,
      spoiled: false,
    };
    source.partials.add(partial);
    this.#partials.set(key, partial);
    this.#makeRoom(partial);
    return partial;
  }

  /** Those that began first give way to `kept`: of its source, where that has too much, else of all. */
  #makeRoom(kept: Partial): void {
    const { source } = kept;
    for (const partial of source.partials) {
      if (source.partials.size <= PACKETS_PER_SOURCE && source.octets <= OCTETS_PER_SOURCE) break;
      if (partial !== kept) this.#giveUp(partial);
    }
    for (const partial of this.#partials.values()) {
      if (this.#partials.size <= PACKETS && this.#octets <= OCTETS) break;
      if (partial !== kept) this.#giveUp(partial);
    }
  }

  #forgetOld(now: Millis): void {
    for (const partial of this.#partials.values()) {
      if (now - partial.startedAt < TIMEOUT) return;
      if (!partial.spoiled) this.#counters.reassemblyTimeouts += 1;
      this.#forget(partial);
    }
  }

  #giveUp(partial: Partial): void {
    if (!partial.spoiled) this.#counters.reassemblyFailures += 1;
    this.#forget(partial);
  }

  #spoil(partial: Partial): void {
    this.#counters.reassemblyFailures += 1;
    partial.spoiled = true;
    partial.pieces.length = 0;
    this.#charge(partial, -partial.octets);
  }

  #forget(partial: Partial): void {
    const { key, source } = partial;
    this.#charge(partial, -partial.octets);
    this.#partials.delete(key);
    source.partials.delete(partial);
    if (source.partials.size === 0) this.#sources.delete(source.key);
  }

  #charge(partial: Partial, octets: number): void {
    partial.octets += octets;
    partial.source.octets += octets;
    this.#octets += octets;
  }
}

/** A piece may be part of a packet that is as long as those before it said. */
function fits({ pieces, length }: Partial, start: number, end: number, isLast: boolean, headerLength: number): boolean {
  const farthest = pieces.reduce((most, piece) => Math.max(most, piece.end), 0);
  return (
    pieces.length < PIECES &&
    end > start &&
    headerLength + end <= LARGEST_PACKET &&
    (isLast ? length < 0 && farthest <= start : (end - start) % 8 === 0 && (length < 0 || end <= length)) &&
    pieces.every((piece) => piece.end <= start || piece.start >= end)
  );
}

function joined(header: Uint8Array, pieces: readonly Piece[], length: number): Uint8Array | undefined {
  const { length: headerLength } = header;
  // The first piece may have options that the others have not.
  if (headerLength + length > LARGEST_PACKET) return undefined;
  const whole = new Uint8Array(headerLength + length);
  whole.set(header);
  for (const { start, bytes } of pieces) whole.set(bytes, headerLength + start);
  putU16(whole, 2, whole.length);
  putU16(whole, 6, 0);
  putU16(whole, 10, 0);
  putU16(whole, 10, checksum(whole, 0, headerLength));
  return whole;
}
