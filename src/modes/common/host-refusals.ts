/** What the gateway's host would not take or could not give, since the process began; a show command tells it, because nothing else does. */

export interface HostRefusals {
  readonly refused: {
    /** UDP that the kernel refused to send, or for which no port is open. */
    readonly datagrams: number;
    /** ESP without UDP that the kernel refused to send. */
    readonly espPackets: number;
    /** Packets that a TUN device refused, or gave in pieces that are none. */
    readonly devicePackets: number;
  };
  /** What came and found the host's queue for us full. */
  readonly dropped: {
    /** UDP, and ESP without it. */
    readonly datagrams: number;
    readonly devicePackets: number;
  };
}

/** In words, a line each; the host is the same for every virtual router. */
export function hostRefusalsText({ refused, dropped }: HostRefusals): readonly string[] {
  const { datagrams, espPackets, devicePackets } = refused;
  return [
    `${datagrams} datagrams, ${espPackets} ESP packets and ${devicePackets} packets of devices refused by the host`,
    `${dropped.datagrams} datagrams and ${dropped.devicePackets} packets of devices dropped by the host, whose queues were full`,
  ];
}
