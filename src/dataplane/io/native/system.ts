/**
 * The C library of a Linux host through koffi: the few calls that Node has no word for. It is loaded when something asks for it, and
 * everything else works where it cannot be had. Addresses of structures are laid out by hand for little-endian 64-bit Linux, and
 * nowhere else is it tried. Calls are synchronous, so octets that are only passed to them may be anywhere.
 */

import { createRequire } from "node:module";
import { arch, endianness, platform } from "node:os";
import { getSystemErrorName } from "node:util";
import { isMainThread } from "node:worker_threads";

type Koffi = typeof import("koffi");

/** A system call was refused; `code` is its name: `EPERM`. */
export class SystemError extends Error {
  readonly code: string;

  constructor(call: string, code: string) {
    super(`${call}: ${code}`);
    this.name = "SystemError";
    this.code = code;
  }
}

/** What is given to C stays where it is and lives as long as its owner. */
export function nativeBuffer(length: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(Math.max(length, 256)), 0, length);
}

/** Calls return what C returns: below zero, `errorName()` says why. */
export interface System {
  readonly koffi: Koffi;
  open(path: string, flags: number): number;
  close(fd: number): number;
  ioctl(fd: number, request: number, argument: Uint8Array): number;
  /** The argument is a number. */
  ioctlValue(fd: number, request: number, value: number): number;
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  getsockname(fd: number, address: Uint8Array, length: Uint8Array): number;
  setsockopt(fd: number, level: number, option: number, value: Uint8Array, length: number): number;
  /** `into` is an address. */
  readInto(fd: number, into: number, length: number): number;
  /** `from` is an address. */
  writeFrom(fd: number, from: number, length: number): number;
  recv(fd: number, into: Uint8Array, length: number, flags: number): number;
  /** `address` takes whom it is from; `addressLength` holds its length. */
  recvfrom(
    fd: number,
    into: Uint8Array,
    length: number,
    flags: number,
    address: Uint8Array,
    addressLength: Uint8Array,
  ): number;
  sendto(fd: number, from: Uint8Array, length: number, flags: number, to: Uint8Array, toLength: number): number;
  errorName(): string;
  /** Throws `SystemError` where `result` is below zero. */
  checked(call: string, result: number): number;
}

/** The host's calls, or why there are none, in words that end a sentence. */
export type SystemOrReason = { readonly system: System } | { readonly reason: string };

let loaded: SystemOrReason | undefined;
let permitted = false;

/** A thread beside the main one has a `PollLoop` (`readiness.ts`): asked before anything else is. */
export function permitInThread(): void {
  permitted = true;
}

export function hostSystem(): SystemOrReason {
  loaded ??= load();
  return loaded;
}

function load(): SystemOrReason {
  if (platform() !== "linux") return { reason: `it is made for Linux, and this is ${platform()}` };
  if (endianness() !== "LE" || !["x64", "arm64"].includes(arch())) {
    return { reason: `it is made for x64 and arm64, and this is ${arch()}` };
  }
  if (!isMainThread && !permitted) return { reason: "it works in threads that wait for descriptors by themselves" };
  try {
    // Not an import: it is optional, and it must not be bundled.
    return { system: bind(createRequire(import.meta.url)("koffi") as Koffi) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "MODULE_NOT_FOUND") return { reason: "the optional package koffi is not installed" };
    return { reason: `koffi cannot be used: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}` };
  }
}

function bind(koffi: Koffi): System {
  const libc = koffi.load(null);
  const errorName = () => getSystemErrorName(-koffi.errno());
  return {
    koffi,
    open: libc.func("int open(const char *path, int flags)"),
    close: libc.func("int close(int fd)"),
    ioctl: libc.func("int ioctl(int fd, unsigned long request, void *argument)"),
    ioctlValue: libc.func("ioctl", "int", ["int", "unsigned long", "unsigned long"]),
    socket: libc.func("int socket(int domain, int type, int protocol)"),
    bind: libc.func("int bind(int fd, const void *address, uint32_t length)"),
    getsockname: libc.func("int getsockname(int fd, void *address, void *length)"),
    setsockopt: libc.func("int setsockopt(int fd, int level, int option, const void *value, uint32_t length)"),
    readInto: libc.func("read", "int", ["int", "int64_t", "uint32_t"]),
    writeFrom: libc.func("write", "int", ["int", "int64_t", "uint32_t"]),
    recv: libc.func("int recv(int fd, void *into, uint32_t length, int flags)"),
    recvfrom: libc.func(
      "int recvfrom(int fd, void *into, uint32_t length, int flags, void *address, void *addressLength)",
    ),
    sendto: libc.func(
      "int sendto(int fd, const void *from, uint32_t length, int flags, const void *to, uint32_t toLength)",
    ),
    errorName,
    checked(call, result) {
      if (result < 0) throw new SystemError(call, errorName());
      return result;
    },
  };
}
