/** What the gateway's host would not take or could not give, since the process began; a show command tells it, because nothing else does. */

export interface HostRefusals {
  /** UDP that the kernel refused to send, or for which no port is open. */
  readonly datagrams: number;
  /** ESP without UDP that the kernel refused to send. */
  readonly espPackets: number;
  /** Packets that a TUN device refused, or gave in pieces that are none. */
  readonly devicePackets: number;
}

/** In words, behind the name of a line; the host is the same for every virtual router. */
export function hostRefusalsText({ datagrams, espPackets, devicePackets }: HostRefusals): string {
  return `${datagrams} datagrams, ${espPackets} ESP packets and ${devicePackets} packets of devices refused by the host`;
}
