/** SAs as the line module holds them: keys in use, sequence numbers, counters. */

import type { EspOpener, EspSealer } from "../../engine/crypto/esp-transform.ts";
import type { EspKeys, SaCounters } from "../../engine/forwarding.ts";
import type { Connection } from "./connection.ts";
import type { ReplayWindow } from "./replay.ts";

export interface InboundSa {
  readonly connection: Connection;
  readonly spi: number;
  /** Its own copy. */
  readonly keys: EspKeys;
  readonly opener: EspOpener;
  readonly window: ReplayWindow;
  readonly counters: SaCounters;
  /** The outbound SA of the same pair, whose volume limit counts in both directions. */
  pair: OutboundSa | undefined;
}

export interface OutboundSa {
  readonly connection: Connection;
  readonly spi: number;
  /** Its own copy. */
  readonly keys: EspKeys;
  readonly sealer: EspSealer;
  readonly counters: SaCounters;
  /** Octets in either direction after which a successor is asked for; infinity = never. */
  readonly softOctets: number;
  /** A successor has been asked for. */
  reported: boolean;
}

export function copyOfKeys(keys: EspKeys): EspKeys {
  return { ...keys, encryptionKey: keys.encryptionKey.slice(), integrityKey: keys.integrityKey.slice() };
}

/** The SA has ended. */
export function wipe({ encryptionKey, integrityKey }: EspKeys): void {
  encryptionKey.fill(0);
  integrityKey.fill(0);
}
