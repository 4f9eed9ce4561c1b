/**
 * What a chassis can be told to do and a process cannot: each is refused with the reason, so that nobody waits for it. Whoever
 * wants the process itself to do something tells the host.
 */

import { line } from "../../../grammar/arguments.ts";
import { exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { ENABLE_LEVEL } from "./enable.ts";

const ONE_PROCESSOR = "there is one route processor, and it is this process";

/** Words -> [help of the last word, reason]. */
const ABSENT: Readonly<Record<string, readonly [help: string, reason: string]>> = {
  "boot hotfix": ["Load a patch of the software", "releases of this software are installed on the host"],
  "erase secondary": ["Erase the other flash disk", "the host keeps the files"],
  "flash-disk": ["Examine or repair a flash disk", "the host keeps the files"],
  halt: ["Stop route processors", "the host ends this process: send it SIGTERM"],
  "redundancy force-switchover": ["Change to the other route processor", ONE_PROCESSOR],
  "reload slot": ["Start a line module over", "there are no line modules to reload"],
  "reload standby-srp": ["Start the other route processor over", ONE_PROCESSOR],
  "srp switch": ["Change to the other route processor", ONE_PROCESSOR],
  synchronize: ["Copy files to the other route processor", ONE_PROCESSOR],
  telnet: ["Log in to another host", "this router opens no connections to other hosts"],
};

const FRONT: Readonly<Record<string, string>> = {
  boot: "Configure what the router starts from",
  erase: "Erase a flash disk",
  redundancy: "Redundancy of modules",
  reload: "Start over",
  srp: "Route processors",
};

export const absentCommands = Object.entries(ABSENT).map(([words, [help, reason]]) => {
  const names = words.split(" ");
  return exec({
    level: words === "telnet" ? 1 : ENABLE_LEVEL,
    form: [
      ...names.map((name, index) => kw(name, index === names.length - 1 ? help : (FRONT[name] ?? help))),
      opt(arg("rest", line(), "Parameters")),
    ],
    effect: unsupported(reason),
    run: () => ({}),
  });
});
