/** Sockets by the host's own calls: made, bound and given room. */

import type { Address } from "../../../engine/kernel/address.ts";
import { addressFamily, socketAddress } from "./socket-address.ts";
import { nativeBuffer, type System, SystemError } from "./system.ts";

const TYPES = { datagram: 2, raw: 3 } as const;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEPORT = 15;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;

export interface SocketPlan {
  readonly type: keyof typeof TYPES;
  /** 0 = what belongs to the type. */
  readonly protocol: number;
  readonly address: Address;
  /** 0 = any that is free. */
  readonly port: number;
  /** Others may be bound to the same address and port. */
  readonly shared?: boolean;
  /** What the kernel is asked for in both directions; it gives what it likes. */
  readonly bufferLength: number;
}

/** The descriptor of a socket that does not block. Throws `SystemError`, and then nothing is open. */
export function openSocket(system: System, plan: SocketPlan): number {
  const type = TYPES[plan.type] | SOCK_NONBLOCK | SOCK_CLOEXEC;
  const fd = system.checked("socket", system.socket(addressFamily(plan.address), type, plan.protocol));
  try {
    if (plan.shared === true && !setOption(system, fd, SOL_SOCKET, SO_REUSEPORT, 1)) {
      throw new SystemError("SO_REUSEPORT", system.errorName());
    }
    const own = socketAddress(plan.address, plan.port);
    system.checked("bind", system.bind(fd, own, own.length));
  } catch (error) {
    system.close(fd);
    throw error;
  }
  for (const option of [SO_SNDBUF, SO_RCVBUF]) setOption(system, fd, SOL_SOCKET, option, plan.bufferLength);
  return fd;
}

/** False = the kernel does not know it. */
export function setOption(system: System, fd: number, level: number, option: number, value: number): boolean {
  const octets = nativeBuffer(4);
  new DataView(octets.buffer).setInt32(0, value, true);
  return system.setsockopt(fd, level, option, octets, octets.length) === 0;
}
