/** The gateway cannot start for a reason outside of it: a port, an address, a file. The message is for the user. */
export class CannotStart extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CannotStart";
  }
}
