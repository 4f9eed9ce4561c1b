/** `struct sockaddr_in`: family in the host's order, port and address in that of the network. */

import { type Address, ipv4ToNumber } from "../../../engine/kernel/address.ts";
import { putU16, putU32 } from "../../../engine/wire/octets.ts";
import { nativeBuffer } from "./system.ts";

const AF_INET = 2;
const LENGTH = 16;

export function socketAddress(address: Address, port: number): Uint8Array {
  const octets = nativeBuffer(LENGTH);
  octets[0] = AF_INET;
  putU16(octets, 2, port);
  putU32(octets, 4, ipv4ToNumber(address));
  return octets;
}
