/** A terminal at a login: what was written to it, as it came. Its clock stands still. */

import { type Login, Vty } from "../../src/cli/vty.ts";

export class ShownTerminal {
  screen = "";
  readonly vty: Vty;

  constructor(login: Login) {
    this.vty = new Vty(
      login,
      (text) => {
        this.screen += text;
      },
      () => 0,
    );
  }
}
