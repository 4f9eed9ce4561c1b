/** Templates of bidirectional forwarding detection: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { bfdTemplateMode, globalMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const words = {
  authentication: "Authentication of BFD packets",
  "bfd-template": "BFD template configuration",
  both: "In both directions",
  echo: "Use echo packets",
  interval: "Times between packets",
  "keyed-md5": "MD5",
  "keyed-sha-1": "SHA-1",
  keychain: "Chain of keys",
  "meticulous-md5": "MD5, another sequence number in every packet",
  "meticulous-sha-1": "SHA-1, another sequence number in every packet",
  microseconds: "In microseconds",
  "min-rx": "Shortest time between packets that are received",
  "min-tx": "Shortest time between packets that are sent",
  "multi-hop": "Over other routers",
  multiplier: "How many packets may be missed",
  "single-hop": "To a direct neighbour",
} as const;
const bfd = { effect: inert("no routing protocol runs here"), words } as const;
const TIME = "{<50-999> | microseconds <3300-999000>}";

export const bfdCommands = [
  usageOpener(
    { ...bfd, mode: globalMode, section: "bfd-template", opens: bfdTemplateMode },
    "bfd-template {multi-hop | single-hop} @WORD",
    "BFD template configuration",
  ),
  usageLines(
    { ...bfd, mode: bfdTemplateMode },
    {
      "authentication {keyed-md5 | keyed-sha-1 | meticulous-md5 | meticulous-sha-1} keychain WORD": "Authentication",
      "dampening [<1-30> [<1-20000> <1-20000> <1-255>]]": "Dampen sessions that come and go",
      echo: "Use echo packets",
      [`interval both ${TIME} multiplier <3-50>`]: "Times between packets, the same in both directions",
      [`interval min-tx ${TIME} min-rx ${TIME} multiplier <3-50>`]: "Times between packets",
    },
  ),
].flat();
