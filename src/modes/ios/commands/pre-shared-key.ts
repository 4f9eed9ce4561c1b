/**
 * What `crypto isakmp key` and the keys of a keyring have in common: a peer has one key, and the first stands until it is taken
 * away. Keys of type 6 are kept as they are: what hid them is not here, so only their shape is looked at.
 */

import { ANY_ADDRESS, ipv4FromNumber, maskOf } from "../../../engine/kernel/address.ts";
import type { Secret } from "../../../engine/kernel/secret.ts";
import type { KEY_ENCODING } from "./crypto-words.ts";

interface KeyValues {
  readonly encoding?: keyof typeof KEY_ENCODING;
  readonly key: Secret;
  readonly noXauth?: true;
}

/** Whose key it is; without an address that of a host by name. */
type Peer = Partial<{ readonly address: string; readonly mask: number; readonly host: string }>;
export type PeerKey = KeyValues & Peer;
export type PeerKey6 = KeyValues & { readonly prefix: string };

function isSameKey(one: KeyValues, other: KeyValues): boolean {
  const { encoding = "0", noXauth, key } = one;
  const isAlike = encoding === (other.encoding ?? "0") && noXauth === other.noXauth;
  return isAlike && key.reveal() === other.key.reveal();
}

/** The mask that counts where none is said: of one host, or of everybody. */
function impliedMask(address: string): number {
  return address === ANY_ADDRESS ? 0 : 32;
}

/** `find`: the key that is there for a peer in these words. Words differ where the mask that is implied is said or left out. */
export function keyFault(values: PeerKey, find: (peer: Peer) => KeyValues | undefined): string | undefined {
  const { address, host, mask: said } = values;
  const same = find(values);
  const isOther = same !== undefined && !isSameKey(same, values);
  if (address === undefined) return isOther ? `A pre-shared key for hostname ${host} already exists!` : undefined;
  const implied = impliedMask(address);
  const inOtherWords = said === undefined ? { address, mask: implied } : { address };
  const isThere = (said ?? implied) === implied && find(inOtherWords) !== undefined;
  return isOther || isThere
    ? `A pre-shared key for address mask ${address} ${ipv4FromNumber(maskOf(said ?? implied))} already exists!`
    : undefined;
}

export function keyFault6(values: PeerKey6, same: KeyValues | undefined): string | undefined {
  return same === undefined || isSameKey(same, values)
    ? undefined
    : `A pre-shared key for address ${values.prefix.toUpperCase()} already exists!`;
}
