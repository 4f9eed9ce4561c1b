/** Counters as both dialects tell them in their models. Sizes are in octets. */

/** Of a PPP session. */
export interface SessionCounters {
  readonly rxPackets: number;
  readonly rxOctets: number;
  readonly txPackets: number;
  readonly txOctets: number;
  readonly spoofed: number;
  readonly rxDiscards: number;
  readonly txDiscards: number;
  readonly filtered: number;
  readonly rxOutOfOrder: number;
}

/** Of one direction of an SA. */
export interface EspCounters {
  readonly packets: number;
  readonly octets: number;
  readonly wireOctets: number;
  readonly lastSequence: number;
  readonly authenticationErrors: number;
  readonly replayErrors: number;
  readonly policyErrors: number;
  readonly decryptErrors: number;
  readonly padErrors: number;
  readonly otherErrors: number;
}

/** Of the control channel of an L2TP tunnel. */
export interface ControlChannelCounters {
  readonly txPackets: number;
  readonly txOctets: number;
  readonly rxPackets: number;
  readonly rxOctets: number;
  readonly txZlb: number;
  readonly rxZlb: number;
  readonly retransmissions: number;
  readonly rxOutOfSequence: number;
  readonly rxOutOfWindow: number;
  readonly discards: number;
  readonly authenticationFailures: number;
}
