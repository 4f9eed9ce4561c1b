/** The gateway cannot start for a reason outside of it: a port, an address, a file. The message is for the user. */
export class CannotStart extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CannotStart";
  }
}

/** It cannot start because its options do not go together. */
export class BadUsage extends CannotStart {}
