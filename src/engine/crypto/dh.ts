/** Diffie-Hellman by the number of its group: over primes (`modp.ts`) or over curves (`ecp.ts`). */

import type { Random } from "../kernel/random.ts";
import type { DhGroup } from "../spec.ts";
import { ecpLength, ecpValueFault, generateEcpKeyPair, isEcpGroup } from "./ecp.ts";
import { generateModpKeyPair, isModpGroup, modpLength, modpValueFault } from "./modp.ts";

export interface DhKeyPair {
  readonly group: DhGroup;
  /** Big-endian, exactly as long as the group has it. */
  readonly publicValue: Uint8Array;
  /** The shared secret with a peer whose value has passed `publicValueFault`. */
  agree(peerValue: Uint8Array): Uint8Array;
}

/** Octets of a public value. */
export function groupLength(group: DhGroup): number {
  return isEcpGroup(group) ? ecpLength(group) : modpLength(group);
}

export function isDhGroup(value: number): value is DhGroup {
  return isModpGroup(value) || isEcpGroup(value);
}

export function generateDhKeyPair(group: DhGroup, random: Random): DhKeyPair {
  return isEcpGroup(group) ? generateEcpKeyPair(group, random) : generateModpKeyPair(group, random);
}

/** Why a peer's public value is refused, or `undefined` where it is good. */
export function publicValueFault(group: DhGroup, value: Uint8Array): string | undefined {
  return isEcpGroup(group) ? ecpValueFault(group, value) : modpValueFault(group, value);
}

export function sharedSecret(pair: DhKeyPair, peerValue: Uint8Array): Uint8Array {
  return pair.agree(peerValue);
}
