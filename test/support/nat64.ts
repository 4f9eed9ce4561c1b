/**
 * The translator of a network that speaks IPv6 alone (RFC 6146, RFC 6052): hosts inside call servers of IPv4 by addresses that hold theirs, and servers
 * see one address of IPv4 with many ports.
 */

import type { OuterPacket } from "../../src/dataplane/packet.ts";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { type Address, addressFromOctets, addressOctets, type Endpoint } from "../../src/engine/kernel/address.ts";

const PREFIX = addressOctets("64:ff9b::").subarray(0, 12);

/** What hosts behind a translator call a server of IPv4. */
export function synthesised(address: Address): Address {
  return addressFromOctets(Uint8Array.from([...PREFIX, ...addressOctets(address)])) ?? address;
}

function embedded({ address, port }: Endpoint): Endpoint {
  return { address: addressFromOctets(addressOctets(address).subarray(12)) ?? address, port };
}

export class Nat64 extends Nat {
  override outbound(packet: OuterPacket, now: number): OuterPacket | undefined {
    return super.outbound({ ...packet, destination: embedded(packet.destination) }, now);
  }

  override inbound(packet: OuterPacket, now: number): OuterPacket | undefined {
    const translated = super.inbound(packet, now);
    if (translated === undefined) return undefined;
    const source = { ...translated.source, address: synthesised(translated.source.address) };
    return { ...translated, source };
  }
}
