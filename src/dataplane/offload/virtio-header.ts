/**
 * What stands before a packet on a TUN device with IFF_VNET_HDR (`struct virtio_net_hdr`, virtio 1.2 §5.1.6, in the host's octet order): how many packets
 * it is in truth, and whether its checksum is still to be computed.
 */

export const VIRTIO_HEADER_LENGTH = 10;

/** What the kernel cuts, or put together, at `segment`. */
export const gsoType = { none: 0, tcp4: 1, udp4: 5 } as const;
/** Beside the type: the run uses explicit congestion notification. */
export const GSO_ECN = 0x80;
export const NEEDS_CHECKSUM = 1;

export interface VirtioHeader {
  readonly needsChecksum: boolean;
  readonly type: number;
  /** Payload of every packet but the last. */
  readonly segment: number;
  /** Where the sum begins, and where behind that its field is. */
  readonly sumFrom: number;
  readonly sumAt: number;
}

export function virtioHeaderAt(octets: Uint8Array, at: number): VirtioHeader {
  return {
    needsChecksum: ((octets[at] ?? 0) & NEEDS_CHECKSUM) !== 0,
    type: octets[at + 1] ?? 0,
    segment: littleAt(octets, at + 4),
    sumFrom: sumFromAt(octets, at),
    sumAt: sumFieldAt(octets, at),
  };
}

/** A run of packets with headers of `headers` octets, whose transport header is at `sumFrom`. */
export function putVirtioHeader(
  octets: Uint8Array,
  at: number,
  { type, segment, sumFrom, sumAt }: VirtioHeader,
  headers: number,
): void {
  octets[at] = NEEDS_CHECKSUM;
  octets[at + 1] = type;
  putLittle(octets, at + 2, headers);
  putLittle(octets, at + 4, segment);
  putLittle(octets, at + 6, sumFrom);
  putLittle(octets, at + 8, sumAt);
}

/** Where the sum begins, of the header at `at`. */
export function sumFromAt(octets: Uint8Array, at: number): number {
  return littleAt(octets, at + 6);
}

/** Where its field is, behind that. */
export function sumFieldAt(octets: Uint8Array, at: number): number {
  return littleAt(octets, at + 8);
}

/** The host's order: nothing here runs on a host that has the other one. */
function littleAt(octets: Uint8Array, at: number): number {
  return (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8);
}

function putLittle(octets: Uint8Array, at: number, value: number): void {
  octets[at] = value;
  octets[at + 1] = value >>> 8;
}
