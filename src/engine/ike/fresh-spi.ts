/**
 * SPIs of our own. With several line modules an SPI also tells where its connection lives (`LineModules`): that takes the choice among as many numbers as
 * there are modules, and leaves the rest to chance. Connections that may come to contend for one L2TP path live together.
 */

import { type Address, addressOctets } from "../kernel/address.ts";
import { randomBetween } from "../kernel/random.ts";
import type { Connection, IkeContext, IkeSa } from "./state.ts";

/** SPIs up to 255 are reserved (RFC 4303 §2.1). */
const FIRST_SPI = 256;
const LAST_SPI = 0xffff_ffff;
/** Of 32 bits. */
const LARGEST_PRIME = 0xffff_fffb;

/** An SPI that no SA of ours has, for a pair that `sa` makes. */
export function freshSpi(ike: IkeContext, connection: Connection, sa: IkeSa): number {
  for (;;) {
    const spi = drawnFor(ike, connection, sa);
    if (spi < FIRST_SPI || spi > LAST_SPI || ike.inboundSpis.has(spi)) continue;
    ike.inboundSpis.add(spi);
    return spi;
  }
}

function drawnFor(ike: IkeContext, connection: Connection, sa: IkeSa): number {
  const drawn = randomBetween(ike.random, FIRST_SPI, LAST_SPI);
  const count = ike.lineModules?.count ?? 0;
  if (count === 0) return drawn;
  connection.module ??= moduleFor(ike, connection, sa);
  return drawn - (drawn % count) + connection.module - 1;
}

/** Peers are told apart by their connection or by a port of their own; where they are not, all at one address stay together. */
function moduleFor({ lineModules }: IkeContext, connection: Connection, sa: IkeSa): number {
  const { count = 1, working = [] } = lineModules ?? {};
  const separation = connection.gateway?.separation ?? "perConnection";
  const isApart = separation === "perConnection" || (separation === "portDemux" && sa.peerBehindNat);
  const sharedOutBy = isApart ? connection.id : numberOf(sa.flow.remote.address);
  return working[sharedOutBy % working.length] ?? 1 + (sharedOutBy % count);
}

/** The same for the same address, and spread over what one network has of them. */
function numberOf(address: Address): number {
  return addressOctets(address).reduce((number, octet) => (number * 256 + octet) % LARGEST_PRIME, 0);
}
