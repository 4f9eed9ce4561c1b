/** An alarm that threads share (`eventfd(2)`): whoever watches its descriptor hears it rung. */

import { addressOf } from "./memory.ts";
import { nativeBuffer, type System } from "./system.ts";

const EFD_NONBLOCK = 0o4000;
const EFD_CLOEXEC = 0o2000000;
const LENGTH = 8;

export class Bell {
  readonly fd: number;
  readonly #system: System;
  readonly #one = nativeBuffer(LENGTH);
  readonly #heard = nativeBuffer(LENGTH);

  /** `fd`: one that another thread has made. */
  constructor(system: System, fd: number) {
    this.#system = system;
    this.fd = fd;
    this.#one[0] = 1;
  }

  /** Throws `SystemError`. */
  static make(system: System): Bell {
    const eventfd = system.koffi.load(null).func("int eventfd(unsigned int initial, int flags)");
    return new Bell(system, system.checked("eventfd", eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)));
  }

  ring(): void {
    this.#system.writeFrom(this.fd, addressOf(this.#system, this.#one), LENGTH);
  }

  /** It was heard. */
  quieten(): void {
    this.#system.readInto(this.fd, addressOf(this.#system, this.#heard), LENGTH);
  }
}
