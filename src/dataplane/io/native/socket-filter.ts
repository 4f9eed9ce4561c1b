/**
 * Which of several sockets a packet of ESP goes to, decided by the kernel from its SPI: programs of the classic packet filter
 * (Linux `Documentation/networking/filter.rst`), of a few instructions each. They say the same as `LineModules`: 1 + SPI mod the number of line modules.
 */

import { addressOf, putPointer } from "./memory.ts";
import { nativeBuffer, type System } from "./system.ts";

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;
const SO_ATTACH_REUSEPORT_CBPF = 51;

const loadWord = 0x20;
const loadWordAfterHeader = 0x40;
const loadHeaderLength = 0xb1;
const modulo = 0x94;
const add = 0x04;
const jumpIfEqual = 0x15;
const giveAccumulator = 0x16;
const give = 0x06;
const WHOLE_PACKET = 0x4_0000;

interface Instruction {
  readonly code: number;
  readonly value: number;
  readonly ifTrue?: number;
  readonly ifFalse?: number;
}

const INSTRUCTION_LENGTH = 8;

/**
 * Sockets that share a UDP port, in the order in which they were bound: the first is given what is not ESP, the others, `count` of them, ESP in UDP by its
 * SPI (RFC 3948 §2.2: four zeroes where an SPI would be are IKE; what is shorter is none). False = the kernel shares out by address and port.
 */
export function shareOutBySpi(system: System, fd: number, count: number): boolean {
  return attach(system, fd, SO_ATTACH_REUSEPORT_CBPF, [
    { code: loadWord, value: 0 },
    { code: jumpIfEqual, value: 0, ifTrue: 2, ifFalse: 0 },
    { code: modulo, value: count },
    { code: add, value: 1 },
    { code: giveAccumulator, value: 0 },
  ]);
}

/** A raw socket takes only ESP whose SPI belongs to `module` of `count`; 0 = it takes nothing. False = it takes everything. */
export function takeSpisOf(system: System, fd: number, module: number, count: number): boolean {
  if (module === 0) return attach(system, fd, SO_ATTACH_FILTER, [{ code: give, value: 0 }]);
  return attach(system, fd, SO_ATTACH_FILTER, [
    { code: loadHeaderLength, value: 0 },
    { code: loadWordAfterHeader, value: 0 },
    { code: modulo, value: count },
    { code: jumpIfEqual, value: module - 1, ifTrue: 0, ifFalse: 1 },
    { code: give, value: WHOLE_PACKET },
    { code: give, value: 0 },
  ]);
}

function attach(system: System, fd: number, option: number, program: readonly Instruction[]): boolean {
  const octets = nativeBuffer(program.length * INSTRUCTION_LENGTH);
  const view = new DataView(octets.buffer);
  for (const [index, { code, value, ifTrue = 0, ifFalse = 0 }] of program.entries()) {
    const at = index * INSTRUCTION_LENGTH;
    view.setUint16(at, code, true);
    octets[at + 2] = ifTrue;
    octets[at + 3] = ifFalse;
    view.setUint32(at + 4, value, true);
  }
  const description = nativeBuffer(16);
  const described = new DataView(description.buffer);
  described.setUint16(0, program.length, true);
  putPointer(described, 8, addressOf(system, octets));
  return system.setsockopt(fd, SOL_SOCKET, option, description, description.length) === 0;
}
